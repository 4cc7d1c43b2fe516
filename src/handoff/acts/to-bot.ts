import { eq, sql } from 'drizzle-orm';
import { changeOwner } from '../../conversation/owner.ts';
import { conversation, message } from '../../store/schema.ts';
import { changeTicket } from '../ticket.ts';
import { lockToAct, type Moved, type OnTicket, recordAct } from './act.ts';

/**
 * Gives a conversation back to the bot, which begins anew and answers whatever the contact wrote after the last word of ours, so that nobody
 * is left without an answer. The ticket ends with it, without farewell or survey. `owed`: the bot has something to answer.
 */
export function giveToBot(on: OnTicket): Promise<Moved & { owed: boolean }> {
  return on.db.transaction(async (tx) => {
    const before = await lockToAct(tx, on);
    const after = await changeTicket(tx, before.id, {
      state: 'resolved',
      outcome: 'to-bot',
      resolvedAt: sql`now()`,
      snoozedUntil: null,
      snoozedAt: null,
    });
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
    await recordAct(tx, after, 'to-bot', { state: 'resolved', outcome: 'to-bot' }, on.who.id);
    return { before, after, owed };
  });
}
