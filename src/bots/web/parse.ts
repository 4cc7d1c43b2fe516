import { z } from 'zod';
import type { Position, Reading } from '../../conversation/channel.ts';
import { type Attachment, type InboundMessage, type Message, maxChatLength } from '../../conversation/message.ts';
import { Fault } from '../../errors.ts';
import type { ChatMessage, Cursor, Outgoing, Update } from './protocol.ts';

/** What no database takes would be refused as if it were away, and sent again for ever. */
const printable = /^[^\p{Cc}\p{Cs}]*$/u;

const outgoing = z.strictObject({
  id: z.string().regex(/^[\w-]{8,64}$/, 'must be 8 to 64 letters, digits, - or _'),
  text: z.string(),
  choice: z.string().max(200).regex(printable).optional(),
  attachments: z.array(z.string().max(60).regex(printable)).max(50).optional(),
});

/** What connects: every field checked, unknown ones refused. */
export const handshake = z.strictObject({
  visitor: z.string().max(200).optional(),
  identity: z.string().max(4_000).optional(),
  // One that is none is left out: nobody is kept from writing for it.
  language: z
    .string()
    .regex(/^[\w-]{0,20}$/)
    .optional()
    .catch(undefined),
  after: z.string().max(60).optional(),
  about: z
    .strictObject({ name: z.string().max(80).optional(), player: z.string().max(80).optional(), email: z.string().max(200).optional() })
    .optional(),
});

/** A visitor's message as the record takes it, and the ids of its files. Throws a Fault that says what is wrong. */
export function parseOutgoing(given: unknown): { message: InboundMessage; files: string[] } {
  const read = outgoing.safeParse(given);
  if (!read.success) throw new Fault('input.invalid', z.prettifyError(read.error));
  const { id, text, choice, attachments: files = [] } = read.data satisfies Outgoing;
  if (text.length > maxChatLength)
    throw new Fault('input.too-long', `The message has ${text.length} characters; at most ${maxChatLength} are allowed.`);
  if (!choice && files.length === 0 && !/\S/.test(text.replaceAll('\0', ''))) throw new Fault('input.invalid', 'The message is empty.');
  return { message: { type: 'message', id, text, choice }, files };
}

/**
 * What the message brings of the files it names. A file that is not theirs, or that another message has, is listed without its bytes: so a repeat of
 * a message is one, and no message is refused for a file that is gone.
 */
export function namedFiles(ids: string[], found: Attachment[]): Attachment[] {
  return ids.map(
    (id) => found.find(({ file }) => file === id) ?? { name: 'file', type: 'application/octet-stream', size: 0, refused: 'unavailable' },
  );
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

/** How a file is shown: where it is fetched, and in words why it was refused. */
export interface ShowFile {
  link(file: string): string;
  refusal(code: string): string;
}

/** What a tab is sent. */
export function formatUpdate(reading: Reading, show: ShowFile): Update {
  return {
    messages: reading.messages.map((message) => formatMessage(message, reading.agents, show)),
    cursor: formatCursor(reading.position),
    more: reading.more || undefined,
    state: reading.state,
  };
}

function formatMessage(message: Message, agents: Record<number, string>, show: ShowFile): ChatMessage {
  const files = 'attachments' in message.body ? message.body.attachments : undefined;
  const choices = message.body.type === 'choices' ? message.body.choices : undefined;
  return {
    id: message.id,
    author: message.author,
    name: message.agentId === null ? undefined : agents[message.agentId],
    text: message.text,
    clientId: message.author === 'contact' ? (message.externalId ?? undefined) : undefined,
    choices,
    attachments: files?.map(({ name, type, size, file, refused }) => ({
      name,
      type,
      size,
      url: file && !refused ? show.link(file) : undefined,
      refused: refused && show.refusal(refused),
    })),
    at: message.createdAt.getTime(),
  };
}
