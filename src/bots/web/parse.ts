import { z } from 'zod';
import type { Position, Reading } from '../../conversation/channel.ts';
import { type InboundMessage, type Message, maxChatLength } from '../../conversation/message.ts';
import { Fault } from '../../errors.ts';
import type { ChatMessage, Cursor, Outgoing, Update } from './protocol.ts';

const outgoing = z.strictObject({
  id: z.string().regex(/^[\w-]{8,64}$/, 'must be 8 to 64 letters, digits, - or _'),
  text: z.string(),
  choice: z.string().max(200).optional(),
});

/** What connects: every field checked, unknown ones refused. */
export const handshake = z.strictObject({
  visitor: z.string().max(200).optional(),
  identity: z.string().max(4_000).optional(),
  language: z.string().max(20).optional(),
  after: z.string().max(60).optional(),
  about: z
    .strictObject({ name: z.string().max(80).optional(), player: z.string().max(80).optional(), email: z.string().max(200).optional() })
    .optional(),
});

/** A visitor's message as the record takes it. Throws a Fault that says what is wrong. */
export function parseOutgoing(given: unknown): InboundMessage {
  const read = outgoing.safeParse(given);
  if (!read.success) throw new Fault('input.invalid', z.prettifyError(read.error));
  const { id, text, choice } = read.data satisfies Outgoing;
  if (text.length > maxChatLength)
    throw new Fault('input.too-long', `The message has ${text.length} characters; at most ${maxChatLength} are allowed.`);
  if (!choice && !/\S/.test(text.replaceAll('\0', ''))) throw new Fault('input.invalid', 'The message is empty.');
  return { type: 'message', id, text, choice };
}

/** A cursor as the client keeps it. */
export function formatCursor({ conversation, seq }: Position): Cursor {
  return `${conversation}:${seq}`;
}

/** The position a client gave; undefined (all from the start) where it is none. */
export function parseCursor(cursor: unknown): Position | undefined {
  const found = typeof cursor === 'string' ? /^(\d{1,15}):(\d{1,9})$/.exec(cursor) : undefined;
  return found ? { conversation: Number(found[1]), seq: Number(found[2]) } : undefined;
}

/** What a tab is sent. */
export function formatUpdate(reading: Reading): Update {
  return {
    messages: reading.messages.map((message) => formatMessage(message, reading.agents)),
    cursor: formatCursor(reading.position),
    state: reading.state,
  };
}

function formatMessage(message: Message, agents: Record<number, string>): ChatMessage {
  const choices = message.body.type === 'choices' ? message.body.choices : undefined;
  return {
    id: message.id,
    author: message.author,
    name: message.agentId === null ? undefined : agents[message.agentId],
    text: message.text,
    clientId: message.author === 'contact' ? (message.externalId ?? undefined) : undefined,
    choices,
    at: message.createdAt.getTime(),
  };
}
