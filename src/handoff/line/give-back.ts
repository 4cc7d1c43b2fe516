import { and, eq } from 'drizzle-orm';
import { recordEvent } from '../../conversation/event.ts';
import type { Db } from '../../store/connection.ts';
import { ticket } from '../../store/schema.ts';
import type { Ticket } from '../ticket.ts';
import { toLine } from './to-line.ts';

/** Puts an assigned ticket back into its line, at its old place; undefined where it was not theirs (any more). `reason` for the event: returned, presence, disabled (the agent was). */
export async function returnTicket(
  db: Db,
  ticketId: number,
  agentId: number,
  reason: 'returned' | 'presence' | 'disabled',
): Promise<Ticket | undefined> {
  return db.transaction(async (tx) => {
    const [theirs] = await tx
      .select()
      .from(ticket)
      .where(and(eq(ticket.id, ticketId), eq(ticket.state, 'assigned'), eq(ticket.assigneeId, agentId)))
      .for('update');
    if (!theirs) return undefined;
    const row = await toLine(tx, theirs);
    await recordEvent(tx, row.conversationId, {
      kind: 'ticket',
      data: { ticketId: row.id, number: row.number, state: 'waiting', department: row.department, reason },
      agentId,
    });
    return row;
  });
}
