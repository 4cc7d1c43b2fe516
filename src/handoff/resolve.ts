import { and, eq, sql } from 'drizzle-orm';
import { recordEvent } from '../conversation/event.ts';
import type { Reply } from '../conversation/message.ts';
import { changeOwner } from '../conversation/owner.ts';
import { joinReplies } from '../delivery/fit.ts';
import { Fault } from '../errors.ts';
import type { Db } from '../store/connection.ts';
import { address, conversation, message, survey, ticket } from '../store/schema.ts';
import type { Agent } from './agent.ts';
import type { Ticket } from './ticket.ts';

/** How a ticket ended. Spam and abandoned ones get no survey. */
export const outcomes = ['solved', 'not-solved', 'no-answer', 'spam'] as const;
export type TicketOutcome = (typeof outcomes)[number];

/** What the contact is told at the end, and the survey's first question; undefined where none is due. */
export type Farewell = (resolved: Ticket, surveyed: boolean) => { replies: Reply[]; state: unknown };

/** Resolves a ticket: the conversation goes back to the bot with a clean start, the contact is told, the survey asked once. `joins`: channels where that is one message. */
export async function resolveTicket(
  db: Db,
  who: Agent,
  ticketId: number,
  outcome: TicketOutcome,
  farewell: Farewell,
  joins: (channel: string) => boolean = () => false,
): Promise<Ticket> {
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
    const due = outcome !== 'spam' && row.firstAnswerAt !== null && row.reason !== 'outbound';
    // One who answered before the ticket was reopened is not asked again.
    const asked = due ? await tx.insert(survey).values({ ticketId }).onConflictDoNothing().returning() : [];
    const surveyed = asked.length > 0;
    const said = farewell(row, surveyed);
    const { state } = said;
    const [talk] = await tx.update(conversation).set({ state }).where(eq(conversation.id, row.conversationId)).returning();
    const [place] = talk ? await tx.select({ channel: address.channel }).from(address).where(eq(address.id, talk.addressId)) : [];
    const replies = place && joins(place.channel) ? joinReplies(said.replies) : said.replies;
    if (talk && replies.length > 0)
      await tx.insert(message).values(
        replies.map((reply, part) => ({
          conversationId: talk.id,
          addressId: talk.addressId,
          author: 'system' as const,
          text: reply.text,
          body: reply,
          turnSeq: seq,
          part,
          fence: 'none' as const,
          delivery: 'pending' as const,
        })),
      );
    return row;
  });
}
