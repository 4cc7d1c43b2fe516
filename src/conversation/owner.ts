import { and, eq, sql } from 'drizzle-orm';
import type { Tx } from '../store/connection.ts';
import { conversation, message } from '../store/schema.ts';
import type { Owner } from './conversation.ts';

/**
 * Gives a conversation to another owner and raises its version. Replies that the bot decided before and that have not started to go out
 * are withdrawn; when the bot gets the turn it starts clean, with nothing unhandled. False where `version` is given and is not the current one.
 */
export async function changeOwner(tx: Tx, conversationId: number, owner: Owner, version?: number): Promise<boolean> {
  const fresh = owner === 'bot' ? { state: {}, handledSeq: sql`${conversation.heardSeq}`, waitingSince: null } : {};
  const [row] = await tx
    .update(conversation)
    .set({ owner, version: sql`${conversation.version} + 1`, ...fresh })
    .where(and(eq(conversation.id, conversationId), version === undefined ? undefined : eq(conversation.version, version)))
    .returning({ id: conversation.id });
  if (!row) return false;
  await withdrawFenced(tx, conversationId);
  return true;
}

/** Withdraws the bot's pending replies that only go out while it has the turn. */
export async function withdrawFenced(tx: Tx, conversationId: number): Promise<void> {
  await tx
    .update(message)
    .set({ delivery: 'withdrawn' })
    .where(and(eq(message.conversationId, conversationId), eq(message.fence, 'turn'), eq(message.delivery, 'pending')));
}
