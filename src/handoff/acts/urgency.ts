import { sql } from 'drizzle-orm';
import { placeOf } from '../../conversation/place.ts';
import { ticket } from '../../store/schema.ts';
import type { DeadlinesOf } from '../deadlines/deadlines-of.ts';
import { changeTicket, type Ticket } from '../ticket.ts';
import { lockToAct, type Moved, type OnTicket, recordAct } from './act.ts';

/** Makes a ticket more or less urgent: its deadlines are reckoned anew from when it was opened, and with them its place in line. */
export function setUrgency({
  urgency,
  deadlinesOf,
  ...on
}: OnTicket & { urgency: Ticket['urgency']; deadlinesOf: DeadlinesOf }): Promise<Moved> {
  return on.db.transaction(async (tx) => {
    const before = await lockToAct(tx, on);
    if (before.urgency === urgency) return { before, after: before };
    const { channel, tier } = await placeOf(tx, before.conversationId);
    const due = deadlinesOf.ticket({ urgency, tier, channel, department: before.department }, before.createdAt);
    const joins = before.state === 'waiting' ? { place: sql`${ticket.place} + 1`, lineNumber: sql`nextval('line_number')` } : {};
    const after = await changeTicket(tx, before.id, { urgency, ...due, ...joins });
    await recordAct(tx, after, 'urgency', { from: before.urgency, urgency }, on.who.id);
    return { before, after };
  });
}
