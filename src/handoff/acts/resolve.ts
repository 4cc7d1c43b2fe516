import { and, eq, sql } from 'drizzle-orm';
import { recordEvent } from '../../conversation/event.ts';
import type { Reply } from '../../conversation/message.ts';
import { changeOwner } from '../../conversation/owner.ts';
import { owe } from '../../delivery/owe.ts';
import { Fault } from '../../errors.ts';
import { conversation, survey, ticket } from '../../store/schema.ts';
import type { Ticket } from '../ticket.ts';
import type { OnTicket } from './act.ts';

/** How a ticket ended; `no-answer`: the contact stopped writing. */
export const outcomes = ['solved', 'not-solved', 'no-answer', 'spam'] as const;
export type TicketOutcome = (typeof outcomes)[number];

/** What the contact is told at the end, with the survey's first question where one is due; `reply` undefined: nothing. */
export type Farewell = (resolved: Ticket, surveyed: boolean) => { reply?: Reply; state: unknown };

/** Resolves a ticket: the conversation goes back to the bot with a clean start, the contact is told, the survey asked once. */
export function resolveTicket({
  db,
  who,
  ticketId,
  outcome,
  farewell,
}: OnTicket & { outcome: TicketOutcome; farewell: Farewell }): Promise<Ticket> {
  return db.transaction(async (tx) => {
    const [row] = await tx
      .update(ticket)
      .set({ state: 'resolved', outcome, resolvedAt: sql`now()`, snoozedUntil: null, snoozedAt: null })
      .where(and(eq(ticket.id, ticketId), eq(ticket.state, 'assigned'), eq(ticket.assigneeId, who.id)))
      .returning();
    if (!row) throw new Fault('ticket.gone', 'This ticket is not yours any more.', 'Reload it to see who has it.');
    await changeOwner(tx, row.conversationId, 'bot');
    const seq = await recordEvent(tx, row.conversationId, {
      kind: 'ticket',
      data: { ticketId, number: row.number, state: 'resolved', department: row.department, outcome },
      agentId: who.id,
    });
    // Not to spam, nor to who has stopped writing, was never answered, or was written to first.
    const due = (outcome === 'solved' || outcome === 'not-solved') && row.firstAnswerAt !== null && row.reason !== 'outbound';
    // One who answered before the ticket was reopened is not asked again.
    const asked = due ? await tx.insert(survey).values({ ticketId }).onConflictDoNothing().returning() : [];
    const surveyed = asked.length > 0;
    const { reply, state } = farewell(row, surveyed);
    const [talk] = await tx.update(conversation).set({ state }).where(eq(conversation.id, row.conversationId)).returning();
    if (talk && reply)
      await owe(tx, {
        conversationId: talk.id,
        addressId: talk.addressId,
        author: 'system',
        reply,
        once: { turnSeq: seq, part: 0 },
      });
    return row;
  });
}
