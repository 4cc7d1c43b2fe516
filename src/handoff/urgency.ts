import { eq, sql } from 'drizzle-orm';
import type { Db } from '../store/connection.ts';
import { ticket } from '../store/schema.ts';
import { lockToAct, type Moved, recordAct } from './act.ts';
import type { Agent } from './agent.ts';
import type { DeadlinesOf } from './deadlines-of.ts';
import { placeOf } from './place.ts';

/** Makes a ticket more or less urgent: its deadlines are reckoned anew from when it was opened, and with them its place in line. */
export function setUrgency(
  db: Db,
  who: Agent,
  ticketId: number,
  urgency: 'normal' | 'high' | 'top',
  deadlinesOf: DeadlinesOf,
): Promise<Moved> {
  return db.transaction(async (tx) => {
    const before = await lockToAct(tx, who, ticketId);
    if (before.urgency === urgency) return { before, after: before };
    const { channel, tier } = await placeOf(tx, before.conversationId);
    const due = deadlinesOf.ticket({ urgency, tier, channel, department: before.department }, before.createdAt);
    const joins = before.state === 'waiting' ? { place: sql`${ticket.place} + 1`, lineNumber: sql`nextval('line_number')` } : {};
    const [after] = await tx
      .update(ticket)
      .set({ urgency, ...due, ...joins })
      .where(eq(ticket.id, before.id))
      .returning();
    if (!after) throw new Error(`ticket ${ticketId} vanished under its lock`);
    await recordAct(tx, after, 'urgency', { from: before.urgency, urgency }, who.id);
    return { before, after };
  });
}
