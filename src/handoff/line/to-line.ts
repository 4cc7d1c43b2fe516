import { sql } from 'drizzle-orm';
import { changeOwner } from '../../conversation/owner.ts';
import type { Tx } from '../../store/connection.ts';
import { ticket } from '../../store/schema.ts';
import { changeTicket, type Ticket, type TicketChange } from '../ticket.ts';

/** Lets a ticket wait (again): nobody's, awake, with a new place in line, and its conversation the queue's. `change`: what else becomes true of it. */
export async function toLine(tx: Tx, row: Ticket, change: TicketChange = {}): Promise<Ticket> {
  const after = await changeTicket(tx, row.id, {
    state: 'waiting',
    assigneeId: null,
    assignedAt: null,
    snoozedUntil: null,
    snoozedAt: null,
    place: sql`${ticket.place} + 1`,
    lineNumber: sql`nextval('line_number')`,
    ...change,
  });
  await changeOwner(tx, after.conversationId, 'queue');
  return after;
}

/** Gives a ticket to an agent, awake, and its conversation with it. */
export async function toAgent(tx: Tx, row: Ticket, agentId: number, change: TicketChange = {}): Promise<Ticket> {
  const given = { state: 'assigned', assigneeId: agentId, assignedAt: sql`now()`, snoozedUntil: null, snoozedAt: null } as const;
  const after = await changeTicket(tx, row.id, { ...given, ...change });
  await changeOwner(tx, after.conversationId, 'agent');
  return after;
}
