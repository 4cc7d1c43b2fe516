import { sql } from 'drizzle-orm';
import type { Db } from '../../store/connection.ts';
import { seen } from '../../store/schema.ts';

/** Notes how far an agent has read a conversation, by the number of the contact's message; it never goes back. */
export async function markSeen(db: Db, agentId: number, conversationId: number, seq: number): Promise<void> {
  await db
    .insert(seen)
    .values({ agentId, conversationId, seq })
    .onConflictDoUpdate({ target: [seen.agentId, seen.conversationId], set: { seq: sql`greatest(${seen.seq}, excluded.seq)` } });
}
