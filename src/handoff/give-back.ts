import { and, eq, sql } from 'drizzle-orm';
import { recordEvent } from '../conversation/event.ts';
import { changeOwner } from '../conversation/owner.ts';
import type { Db } from '../store/connection.ts';
import { ticket } from '../store/schema.ts';
import type { Ticket } from './ticket.ts';

/** Puts an assigned ticket back into its line, at its old place; undefined where it was not theirs (any more). `reason` for the event: returned, presence, disabled (the agent was). */
export async function returnTicket(
  db: Db,
  ticketId: number,
  agentId: number,
  reason: 'returned' | 'presence' | 'disabled',
): Promise<Ticket | undefined> {
  return db.transaction(async (tx) => {
    const [row] = await tx
      .update(ticket)
      .set({
        state: 'waiting',
        assigneeId: null,
        assignedAt: null,
        snoozedUntil: null,
        snoozedAt: null,
        place: sql`${ticket.place} + 1`,
        lineNumber: sql`nextval('line_number')`,
      })
      .where(and(eq(ticket.id, ticketId), eq(ticket.state, 'assigned'), eq(ticket.assigneeId, agentId)))
      .returning();
    if (!row) return undefined;
    await changeOwner(tx, row.conversationId, 'queue');
    await recordEvent(tx, row.conversationId, {
      kind: 'ticket',
      data: { ticketId: row.id, number: row.number, state: 'waiting', department: row.department, reason },
      agentId,
    });
    return row;
  });
}
