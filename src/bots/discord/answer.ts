import { type APIInteractionResponse, InteractionResponseType, MessageFlags, Routes } from 'discord.js';
import type { Log } from '../../log.ts';
import type { ButtonRow } from './buttons.ts';
import { quiet } from './format.ts';
import { escapeMarkdown } from './markdown.ts';
import type { Answerable } from './parse.ts';
import { maxContent, pieces } from './pieces.ts';
import type { Rest } from './rest.ts';

/** Answers an interaction. It is called only when what the person did is durable: an answer that comes too late is Discord's honest "failed" to them, and is no error here. */
export type Answer = (to: Answerable, response: APIInteractionResponse) => Promise<void>;

/** Answers over REST; never fails. */
export function createAnswer(rest: Rest, log: Log): Answer {
  return async ({ id, token }, body) => {
    await rest.call('post', Routes.interactionCallback(id, token), { body, auth: false }).catch((error: Error) => {
      log.info({ err: error.message }, 'interaction not answered in time');
    });
  };
}

/** Turns a used message's buttons off. */
export function buttonsOff(components: ButtonRow[]): APIInteractionResponse {
  return { type: InteractionResponseType.UpdateMessage, data: { components } };
}

/** Tells only the person who acted. */
export function aside(text: string): APIInteractionResponse {
  return {
    type: InteractionResponseType.ChannelMessageWithSource,
    data: { ...quiet(escapeMarkdown(text)), flags: MessageFlags.Ephemeral | MessageFlags.SuppressEmbeds },
  };
}

/** Shows what a person asked by command, which Discord itself does not. */
export function quoted(text: string): APIInteractionResponse {
  const lines = escapeMarkdown(text)
    .split('\n')
    .map((line) => `> ${line}`);
  return { type: InteractionResponseType.ChannelMessageWithSource, data: quiet(pieces(lines.join('\n'), maxContent)[0] ?? '') };
}
