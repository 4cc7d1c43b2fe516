import { and, eq, ne, sql } from 'drizzle-orm';
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core';
import { recordEvent } from '../conversation/event.ts';
import { Fault } from '../errors.ts';
import type { Department, Desk } from '../kb/topic.ts';
import type { Db, Tx } from '../store/connection.ts';
import { contact, ticket } from '../store/schema.ts';
import { type Deadlines, deadlines } from './deadlines/deadline.ts';
import type { Claimant } from './deadlines/target.ts';
import { anybodyThere } from './line/line.ts';
import { readTicketNumber, ticketNumber } from './number.ts';
import { keepNotices, noticesOfWaiting, type PlannedNotice, secondRungAfter } from './staff/staff-notice.ts';

/** A handover, as stored. */
export type Ticket = typeof ticket.$inferSelect;

/** Columns of a ticket that change, as values or SQL. */
export type TicketChange = PgUpdateSetSource<typeof ticket>;

/** A handover that is about to be opened: its number is already known, so that the contact can be told it in the same transaction. */
export interface PlannedTicket extends Deadlines {
  number: string;
  department: string;
  reason: string;
  topic?: string;
  language: string;
  urgency: 'normal' | 'high' | 'top';
  /** No offers to this contact from now on. */
  protects: boolean;
  /** When the second rung on call is alerted unless somebody has taken it. */
  onCallDue?: Date;
  /** Who is told outside of the desk that it waits. */
  notices: PlannedNotice[];
}

/** What the knowledge says of who works on a ticket; left out: our defaults, and nobody is told outside of the desk. */
export interface House {
  department?: Department;
  desk?: Pick<Desk, 'onCall'>;
}

/** Reserves a number (gaps are fine) and sets the deadlines. */
export async function planTicket(
  db: Db,
  wish: Omit<PlannedTicket, 'number' | 'onCallDue' | 'notices' | keyof Deadlines>,
  claimant: Omit<Claimant, 'urgency'>,
  now: Date,
  { department, desk }: House = {},
): Promise<PlannedTicket> {
  const { rows } = await db.execute<{ n: string }>(sql`select nextval('ticket_number') as n`);
  const { urgency } = wish;
  const secondRung = secondRungAfter(urgency, desk?.onCall);
  return {
    ...wish,
    ...deadlines({ ...claimant, urgency }, now, department),
    number: ticketNumber(Number(rows[0]?.n)),
    onCallDue: secondRung === undefined ? undefined : new Date(now.getTime() + secondRung),
    notices: noticesOfWaiting({ urgency, place: 1 }, department, desk?.onCall, await anybodyThere(db, wish.department)),
  };
}

/** Opens a planned ticket in the transaction that gives its conversation to the queue. */
export async function openTicket(tx: Tx, plan: PlannedTicket, conversationId: number, contactId: number): Promise<number> {
  const { protects, notices, ...values } = plan;
  const [row] = await tx
    .insert(ticket)
    .values({ ...values, conversationId, contactId })
    .returning({ id: ticket.id });
  if (!row) throw new Error('ticket was not opened');
  await keepNotices(tx, row.id, notices);
  if (protects) await tx.update(contact).set({ protected: true }).where(eq(contact.id, contactId));
  await recordEvent(tx, conversationId, {
    kind: 'ticket',
    data: {
      ticketId: row.id,
      number: plan.number,
      state: 'waiting',
      department: plan.department,
      reason: plan.reason,
      urgency: plan.urgency,
    },
  });
  return row.id;
}

/** The contact's own ticket by what they typed; undefined where the number is wrong or another's. */
export async function ownTicket(db: Db, contactId: number, typed: string): Promise<Ticket | undefined> {
  const number = readTicketNumber(typed);
  if (!number) return undefined;
  const [row] = await db
    .select()
    .from(ticket)
    .where(and(eq(ticket.number, number), eq(ticket.contactId, contactId)));
  return row;
}

/** Changes a ticket whose row lock the transaction holds. Returns it as it is then. */
export async function changeTicket(tx: Tx, ticketId: number, change: TicketChange): Promise<Ticket> {
  const [after] = await tx.update(ticket).set(change).where(eq(ticket.id, ticketId)).returning();
  if (!after) throw new Error(`ticket ${ticketId} vanished under its lock`);
  return after;
}

/** Writes a ticket with a number of its own; throws `ticket.open` where its conversation has an open one. */
export async function insertTicket(tx: Tx, values: Omit<typeof ticket.$inferInsert, 'number'>): Promise<Ticket> {
  const [open] = await tx
    .select({ number: ticket.number })
    .from(ticket)
    .where(and(eq(ticket.conversationId, values.conversationId), ne(ticket.state, 'resolved')));
  if (open) throw new Fault('ticket.open', `The contact has an open ticket here already: ${open.number}.`, 'Go on in that one.');
  const { rows } = await tx.execute<{ n: string }>(sql`select nextval('ticket_number') as n`);
  const [made] = await tx
    .insert(ticket)
    .values({ ...values, number: ticketNumber(Number(rows[0]?.n)) })
    .returning();
  if (!made) throw new Error('ticket was not opened');
  return made;
}
