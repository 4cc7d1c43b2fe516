import { eq } from 'drizzle-orm';
import { recordEvent } from '../../conversation/event.ts';
import type { FactData } from '../../conversation/event-names.ts';
import { Fault } from '../../errors.ts';
import type { Db, Tx } from '../../store/connection.ts';
import { ticket } from '../../store/schema.ts';
import type { Agent } from '../agents/agent.ts';
import { eligible } from '../line/eligible.ts';
import { sees } from '../lists/in-sight.ts';
import { readTicketNumber } from '../number.ts';
import type { Ticket } from '../ticket.ts';

/** A ticket before and after an act, so that line and contact can be told what changed. */
export interface Moved {
  before: Ticket;
  after: Ticket;
}

/** What every act begins from: who acts, and on which ticket. */
export interface OnTicket {
  db: Db;
  who: Agent;
  ticketId: number;
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
export async function lockToRead(tx: Tx, { who, ticketId }: Pick<OnTicket, 'who' | 'ticketId'>): Promise<Ticket> {
  const [row] = await tx.select().from(ticket).where(eq(ticket.id, ticketId)).for('update');
  if (!row || !sees(who, row)) throw new Fault('not-found', 'There is no such ticket.');
  return row;
}

/** The same, where the agent may also act on it: its assignee, a supervisor or, while it waits, whoever may take it. */
export async function lockToAct(tx: Tx, on: Pick<OnTicket, 'who' | 'ticketId'>): Promise<Ticket> {
  const { who } = on;
  const row = await lockToRead(tx, on);
  if (row.state === 'resolved') throw new Fault('ticket.gone', 'This ticket is already resolved.', 'Reopen it first.');
  if (who.role === 'supervisor') return row;
  if (row.state === 'assigned' && row.assigneeId !== who.id) throw new Fault('ticket.taken', 'Somebody else has this ticket.');
  if (row.state === 'waiting' && eligible({ ...who, open: 0 }, row, true))
    throw new Fault('forbidden', 'This ticket waits for somebody else.', 'A supervisor may do it.');
  return row;
}

/** The id of the ticket that a person names by its number; throws `not-found` where there is none. */
export async function ticketByNumber(tx: Tx, typed: string): Promise<number> {
  const number = readTicketNumber(typed);
  const [found] = number ? await tx.select({ id: ticket.id }).from(ticket).where(eq(ticket.number, number)) : [];
  if (!found) throw new Fault('not-found', 'There is no ticket with this number.', 'Check its digits and its letter.');
  return found.id;
}

/** A ticket and another one, both as in `lockToRead`; locked in the order of their ids, so that two acts at once never wait for each other. */
export async function lockBoth(tx: Tx, { who, ticketId }: Pick<OnTicket, 'who' | 'ticketId'>, otherId: number): Promise<[Ticket, Ticket]> {
  const first = await lockToRead(tx, { who, ticketId: Math.min(ticketId, otherId) });
  const second = await lockToRead(tx, { who, ticketId: Math.max(ticketId, otherId) });
  return first.id === ticketId ? [first, second] : [second, first];
}

/** Writes down what was done with a ticket: a fact of its conversation, ids and codes only. Returns its number. */
export function recordAct(tx: Tx, row: Ticket, act: Act, data: FactData = {}, agentId?: number): Promise<number> {
  return recordEvent(tx, row.conversationId, {
    kind: 'ticket',
    data: { ticketId: row.id, number: row.number, department: row.department, act, ...data },
    agentId,
  });
}
