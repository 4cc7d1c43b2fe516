import { eq, sql } from 'drizzle-orm';
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core';
import { changeOwner } from '../conversation/owner.ts';
import type { Tx } from '../store/connection.ts';
import { ticket } from '../store/schema.ts';
import type { Ticket } from './ticket.ts';

type Change = PgUpdateSetSource<typeof ticket>;

/** Lets a ticket wait (again): nobody's, awake, with a new place in line, and its conversation the queue's. `change`: what else becomes true of it. */
export async function toLine(tx: Tx, row: Ticket, change: Change = {}): Promise<Ticket> {
  const [after] = await tx
    .update(ticket)
    .set({
      state: 'waiting',
      assigneeId: null,
      assignedAt: null,
      snoozedUntil: null,
      snoozedAt: null,
      place: sql`${ticket.place} + 1`,
      lineNumber: sql`nextval('line_number')`,
      ...change,
    })
    .where(eq(ticket.id, row.id))
    .returning();
  if (!after) throw new Error(`ticket ${row.id} vanished under its lock`);
  await changeOwner(tx, after.conversationId, 'queue');
  return after;
}

/** Gives a ticket to an agent, awake, and its conversation with it. */
export async function toAgent(tx: Tx, row: Ticket, agentId: number, change: Change = {}): Promise<Ticket> {
  const [after] = await tx
    .update(ticket)
    .set({ state: 'assigned', assigneeId: agentId, assignedAt: sql`now()`, snoozedUntil: null, snoozedAt: null, ...change })
    .where(eq(ticket.id, row.id))
    .returning();
  if (!after) throw new Error(`ticket ${row.id} vanished under its lock`);
  await changeOwner(tx, after.conversationId, 'agent');
  return after;
}
