import { eq, sql } from 'drizzle-orm';
import { changeOwner } from '../conversation/owner.ts';
import type { Db } from '../store/connection.ts';
import { conversation, message, ticket } from '../store/schema.ts';
import { lockToAct, type Moved, recordAct } from './act.ts';
import type { Agent } from './agent.ts';

/**
 * Gives a conversation back to the bot, which begins anew and answers whatever the contact wrote after the last word of ours, so that nobody
 * is left without an answer. The ticket ends with it, without farewell or survey. `owed`: the bot has something to answer.
 */
export function giveToBot(db: Db, who: Agent, ticketId: number): Promise<Moved & { owed: boolean }> {
  return db.transaction(async (tx) => {
    const before = await lockToAct(tx, who, ticketId);
    const [after] = await tx
      .update(ticket)
      .set({ state: 'resolved', outcome: 'to-bot', resolvedAt: sql`now()`, snoozedUntil: null, snoozedAt: null })
      .where(eq(ticket.id, ticketId))
      .returning();
    if (!after) throw new Error(`ticket ${ticketId} vanished under its lock`);
    const [talk] = await tx.select().from(conversation).where(eq(conversation.id, after.conversationId)).for('update');
    const [last] = await tx
      .select({ seq: sql<number | null>`max(${message.seq})` })
      .from(message)
      .where(sql`${message.conversationId} = ${after.conversationId} and ${message.author} = 'agent'`);
    await changeOwner(tx, after.conversationId, 'bot');
    const answered = Math.max(talk?.handledSeq ?? 0, last?.seq ?? 0);
    const owed = talk !== undefined && talk.heardSeq > answered && talk.closedAt === null;
    if (owed)
      await tx
        .update(conversation)
        .set({ handledSeq: answered, waitingSince: sql`now()` })
        .where(eq(conversation.id, after.conversationId));
    await recordAct(tx, after, 'to-bot', { state: 'resolved', outcome: 'to-bot' }, who.id);
    return { before, after, owed };
  });
}
