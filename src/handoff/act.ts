import { eq } from 'drizzle-orm';
import { recordEvent } from '../conversation/event.ts';
import type { FactData } from '../conversation/event-names.ts';
import { Fault } from '../errors.ts';
import type { Tx } from '../store/connection.ts';
import { ticket } from '../store/schema.ts';
import type { Agent } from './agent.ts';
import { eligible } from './eligible.ts';
import type { Ticket } from './ticket.ts';

/** A ticket before and after an act, so that line and contact can be told what changed. */
export interface Moved {
  before: Ticket;
  after: Ticket;
}

/** Codes of what is done with a ticket beside opening, taking, returning and resolving it; `act` of its event. */
export type Act =
  | 'transferred'
  | 'escalated'
  | 'snoozed'
  | 'woken'
  | 'reopened'
  | 'to-bot'
  | 'urgency'
  | 'language'
  | 'tags'
  | 'linked'
  | 'unlinked'
  | 'merged'
  | 'blocked'
  | 'unblocked'
  | 'lifted'
  | 'started'
  | 'call-back'
  | 'call-back-due'
  | 'call-back-done';

/** A ticket under its row lock; throws `not-found` where the agent may not see it. The ticket first, then its conversation: every act locks in this order. */
export async function lockToRead(tx: Tx, who: Agent, ticketId: number): Promise<Ticket> {
  const [row] = await tx.select().from(ticket).where(eq(ticket.id, ticketId)).for('update');
  if (!row || !maySee(who, row)) throw new Fault('not-found', 'There is no such ticket.');
  return row;
}

/** The same, where the agent may also act on it: its assignee, a supervisor or, while it waits, whoever may take it. */
export async function lockToAct(tx: Tx, who: Agent, ticketId: number): Promise<Ticket> {
  const row = await lockToRead(tx, who, ticketId);
  if (row.state === 'resolved') throw new Fault('ticket.gone', 'This ticket is already resolved.', 'Reopen it first.');
  if (who.role === 'supervisor') return row;
  if (row.state === 'assigned' && row.assigneeId !== who.id) throw new Fault('ticket.taken', 'Somebody else has this ticket.');
  if (row.state === 'waiting' && eligible({ ...who, open: 0 }, row, true))
    throw new Fault('forbidden', 'This ticket waits for somebody else.', 'A supervisor may do it.');
  return row;
}

/** Writes down what was done with a ticket: a fact of its conversation, ids and codes only. Returns its number. */
export function recordAct(tx: Tx, row: Ticket, act: Act, data: FactData = {}, agentId?: number): Promise<number> {
  return recordEvent(tx, row.conversationId, {
    kind: 'ticket',
    data: { ticketId: row.id, number: row.number, department: row.department, act, ...data },
    agentId,
  });
}

function maySee(who: Agent, row: Ticket): boolean {
  return who.role === 'supervisor' || row.assigneeId === who.id || who.departments.includes(row.department);
}
