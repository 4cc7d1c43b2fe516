import { and, eq, isNotNull, not, sql } from 'drizzle-orm';
import { Fault } from '../../errors.ts';
import type { Db } from '../../store/connection.ts';
import { conversation, ticket } from '../../store/schema.ts';
import { changeTicket, type Ticket } from '../ticket.ts';
import { lockToAct, type OnTicket, recordAct } from './act.ts';

/** Longest sleep, days. */
const longestSnooze = 90;

/** True of a ticket while it sleeps: its time has not come and the contact has not written since. */
export const asleep = sql<boolean>`(${ticket.snoozedUntil} is not null and ${ticket.snoozedUntil} > now() and not exists (
  select from ${conversation} slept where slept.id = ${ticket.conversationId} and slept.heard_at > ${ticket.snoozedAt}))`;

/** Puts a ticket out of its assignee's sight until a time, or until the contact writes; it stays theirs. */
export function snoozeTicket({ until, ...on }: OnTicket & { until: Date }): Promise<Ticket> {
  return on.db.transaction(async (tx) => {
    const row = await lockToAct(tx, on);
    if (row.state !== 'assigned') throw new Fault('input.invalid', 'Nobody has this ticket: it would be seen by nobody.', 'Take it first.');
    const ahead = until.getTime() - Date.now();
    if (!(ahead > 0 && ahead <= longestSnooze * 86_400_000))
      throw new Fault('input.invalid', `A ticket may sleep until a time within ${longestSnooze} days.`, 'Choose another time.');
    const after = await changeTicket(tx, row.id, { snoozedUntil: until, snoozedAt: sql`clock_timestamp()` });
    await recordAct(tx, after, 'snoozed', { until: until.toISOString() }, on.who.id);
    return after;
  });
}

/** Wakes a ticket by hand; one that is awake stays as it is. */
export function wakeTicket(on: OnTicket): Promise<Ticket> {
  return on.db.transaction(async (tx) => {
    const row = await lockToAct(tx, on);
    if (!row.snoozedUntil) return row;
    const after = await changeTicket(tx, row.id, { snoozedUntil: null, snoozedAt: null });
    await recordAct(tx, after, 'woken', { reason: 'agent' }, on.who.id);
    return after;
  });
}

/** Writes down which tickets have woken, by time or by the contact; the lists show them already. Returns how many. */
export async function wakeDue(db: Db): Promise<number> {
  const due = await db
    .select({ id: ticket.id })
    .from(ticket)
    .where(and(isNotNull(ticket.snoozedUntil), not(asleep)))
    .limit(500);
  for (const { id } of due)
    await db.transaction(async (tx) => {
      const [row] = await tx
        .select()
        .from(ticket)
        .where(and(eq(ticket.id, id), isNotNull(ticket.snoozedUntil), not(asleep)))
        .for('update');
      if (!row) return;
      const after = await changeTicket(tx, id, { snoozedUntil: null, snoozedAt: null });
      if (row.state === 'assigned')
        await recordAct(tx, after, 'woken', {
          reason: row.snoozedUntil && row.snoozedUntil <= new Date() ? 'time' : 'contact',
          assigneeId: row.assigneeId,
        });
    });
  return due.length;
}
