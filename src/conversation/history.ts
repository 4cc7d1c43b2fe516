import { and, asc, desc, eq, gt, inArray, isNotNull, or } from 'drizzle-orm';
import type { Db } from '../store/connection.ts';
import { address, agent, contact, conversation, message } from '../store/schema.ts';
import type { Position, Reading } from './channel.ts';
import type { Message } from './message.ts';

/** At most so many messages at once; a client that was away longer asks again. */
const most = 500;

/**
 * What stands on an address after a position. Numbers are given under the conversation's row lock, which is held until the commit,
 * so whoever reads up to a number has everything below it.
 */
export async function readAddress(
  db: Db,
  channel: string,
  value: string,
  after: Position | undefined,
  defaultLanguage: string,
): Promise<Reading> {
  const [place] = await db
    .select({ id: address.id, language: contact.language })
    .from(address)
    .innerJoin(contact, eq(contact.id, address.contactId))
    .where(and(eq(address.channel, channel), eq(address.value, value)));
  if (!place)
    return { messages: [], position: after ?? beginning, more: false, state: { owner: 'bot', language: defaultLanguage }, agents: {} };
  const [newest] = await db.select().from(conversation).where(eq(conversation.addressId, place.id)).orderBy(desc(conversation.id)).limit(1);
  const start = after && newest && isReached(after, newest) ? after : beginning;

  const rows = await db
    .select({ message })
    .from(message)
    .innerJoin(conversation, eq(conversation.id, message.conversationId))
    .where(
      and(
        eq(conversation.addressId, place.id),
        isNotNull(message.seq),
        or(gt(message.conversationId, start.conversation), and(eq(message.conversationId, start.conversation), gt(message.seq, start.seq))),
      ),
    )
    .orderBy(asc(message.conversationId), asc(message.seq))
    .limit(most);
  const messages = rows.map((row) => row.message as unknown as Message);
  const last = messages.at(-1);
  return {
    messages,
    position: last ? { conversation: last.conversationId, seq: last.seq ?? 0 } : start,
    more: rows.length === most,
    state: { owner: newest?.owner ?? 'bot', language: place.language ?? newest?.language ?? defaultLanguage },
    agents: await agentNames(db, messages),
  };
}

const beginning: Position = { conversation: 0, seq: 0 };

/** A place that the record has not come to is one of another record (a backup was restored): whoever stands there would never hear again. */
function isReached({ conversation: id, seq }: Position, newest: { id: number; lastSeq: number }): boolean {
  return id < newest.id || (id === newest.id && seq <= newest.lastSeq);
}

async function agentNames(db: Db, messages: Message[]): Promise<Record<number, string>> {
  const ids = [...new Set(messages.map((each) => each.agentId).filter((id) => id !== null))];
  if (ids.length === 0) return {};
  const rows = await db.select({ id: agent.id, name: agent.name }).from(agent).where(inArray(agent.id, ids));
  return Object.fromEntries(rows.map((row) => [row.id, row.name]));
}
