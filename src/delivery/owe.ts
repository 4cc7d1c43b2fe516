import { sql } from 'drizzle-orm';
import type { Reply } from '../conversation/message.ts';
import type { Tx } from '../store/connection.ts';
import { message } from '../store/schema.ts';

/** A reply outside of a turn: an agent's, a farewell, how things stand, a receipt. */
export interface OwedReply {
  conversationId: number;
  addressId: number;
  author: 'agent' | 'system' | 'bot';
  reply: Reply;
  /** Who wrote it, and under which id of the desk's. */
  by?: { agentId: number; externalId: string };
  /** What it belongs to, where it is said once however often it is owed: a number of the conversation, and its part of that. */
  once?: { turnSeq: number; part: number };
}

/**
 * Makes a reply owed, in the transaction of what it tells of: it goes out whoever owns the conversation then. Whoever calls wakes its deliveries after
 * the commit. Returns the message's id; undefined where it was owed already.
 */
export async function owe(tx: Tx, { conversationId, addressId, author, reply, by, once }: OwedReply): Promise<number | undefined> {
  const [row] = await tx
    .insert(message)
    .values({ conversationId, addressId, author, text: reply.text, body: reply, ...by, ...once, fence: 'none', delivery: 'pending' })
    .onConflictDoNothing({ target: [message.conversationId, message.turnSeq, message.part], where: sql`turn_seq is not null` })
    .returning({ id: message.id });
  return row?.id;
}
