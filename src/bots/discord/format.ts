import { createHash } from 'node:crypto';
import { MessageFlags, type RESTPostAPIChannelMessageJSONBody } from 'discord.js';
import type { Sending } from '../../conversation/channel.ts';
import type { Reply } from '../../conversation/message.ts';
import { buttonRows } from './buttons.ts';
import { discordMarkdown } from './markdown.ts';
import { pieces } from './pieces.ts';

/** A reply as the messages that Discord takes, in order. `author`, in a server: whom it answers, and for whom alone its buttons are. */
export function format(
  reply: Reply,
  sending: Pick<Sending, 'id' | 'at'>,
  to: { channel: string; author?: string },
): RESTPostAPIChannelMessageJSONBody[] {
  const called = to.author === undefined ? '' : `<@${to.author}> `;
  const contents = pieces(called + discordMarkdown(reply.text));
  const buttons = reply.type === 'choices' ? buttonRows(reply.choices, to.author) : [];
  return contents.map((content, n) => ({
    ...quiet(content),
    ...nonce(sending, `${to.channel}/${n}`),
    components: n === contents.length - 1 && buttons.length > 0 ? buttons : undefined,
  }));
}

/** A message that calls nobody and shows no previews, whatever stands in it. */
export function quiet(content: string): Pick<RESTPostAPIChannelMessageJSONBody, 'content' | 'allowed_mentions' | 'flags'> {
  return { content, allowed_mentions: { parse: [] }, flags: MessageFlags.SuppressEmbeds };
}

/**
 * What lets Discord know a repeated send for some minutes. The time of the reply is part of it: another database, in which numbers begin anew,
 * must not be answered with an old message.
 */
export function nonce({ id, at }: Pick<Sending, 'id' | 'at'>, part: string): { nonce: string; enforce_nonce: true } {
  const digest = createHash('sha256').update(`${id}|${at.getTime()}|${part}`).digest('base64url');
  return { nonce: digest.slice(0, 25), enforce_nonce: true };
}
