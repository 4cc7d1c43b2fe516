import { Routes } from 'discord.js';
import type { Host } from '../../conversation/channel.ts';
import { nonce, quiet } from './format.ts';
import { escapeMarkdown } from './markdown.ts';
import type { Rest } from './rest.ts';
import { timeOf } from './text.ts';

/** Says in a server's channel that it goes on in direct messages (`in_private`), or that those are closed (`open_dm`). A courtesy: never fails. `message`: what it answers. */
export type Point = (channel: string, message: string, language: string, what: 'in_private' | 'open_dm', author?: string) => Promise<void>;

/** Points over REST. */
export function createPoint(rest: Rest, { words, log }: Pick<Host, 'words' | 'log'>): Point {
  return async (channel, message, language, what, author) => {
    const text = escapeMarkdown(words(language, `discord:${what}`));
    const id = /^\d{15,}$/.test(message) ? message : undefined;
    const body = {
      ...quiet(author ? `<@${author}> ${text}` : text),
      ...nonce({ id: message, at: new Date(id ? timeOf(id) : 0) }, `${channel}/${what}`),
      message_reference: id ? { message_id: id, fail_if_not_exists: false } : undefined,
    };
    await rest
      .call('post', Routes.channelMessages(channel), { body })
      .catch((error: Error) => log.info({ err: error.message }, 'way to direct messages not shown'));
  };
}
