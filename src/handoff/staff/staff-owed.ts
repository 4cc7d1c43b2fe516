import { and, asc, eq, inArray, isNotNull, notInArray, sql } from 'drizzle-orm';
import type { Outage } from '../../delivery/outage.ts';
import { leaseMs } from '../../delivery/sending.ts';
import type { Db, Tx } from '../../store/connection.ts';
import { outage, staffNotice, ticket } from '../../store/schema.ts';
import type { Ticket } from '../ticket.ts';

/** At most one word a minute to a place, with all that has gathered; only what is urgent goes at once. Milliseconds. */
const digestMs = 60_000;

/** Who is on call hears at once. */
const urgentKinds: (typeof staffNotice.$inferSelect)['kind'][] = ['on-call', 'outage', 'works-again'];

/** A word to staff that is owed, and what it is about: one of the two. */
export interface OwedNotice {
  notice: typeof staffNotice.$inferSelect;
  ticket: Ticket | null;
  outage: Outage | null;
}

/** What a place is told now, as one: at least one notice, claimed. `interrupted`: a sender ended amid it, so it may have arrived. */
export interface Claimed {
  owed: OwedNotice[];
  interrupted: boolean;
}

/**
 * Claims what the place of a notice is told now; undefined where nothing is owed there, else when to look again. What has become untrue
 * meanwhile (somebody took the ticket) is dropped.
 */
export function claimNotices(db: Db, noticeId: number): Promise<Claimed | { againMs: number } | undefined> {
  return db.transaction(async (tx) => {
    const [asked] = await tx.select().from(staffNotice).where(eq(staffNotice.id, noticeId));
    if (asked?.state !== 'pending' && asked?.state !== 'sending') return undefined;
    const place = sql`${staffNotice.channel} = ${asked.channel} and ${staffNotice.recipient} = ${asked.recipient}`;
    // One look at a place at a time: what two would send could not be one word.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`notices ${asked.channel} ${asked.recipient}`}, 0))`);
    const now = await timeOf(tx);
    const last = await lastDigest(tx, place);
    // Read last: who takes a ticket until now is heard.
    const owed = await tx
      .select({ notice: staffNotice, ticket, outage })
      .from(staffNotice)
      .leftJoin(ticket, eq(ticket.id, staffNotice.ticketId))
      .leftJoin(outage, eq(outage.id, staffNotice.outageId))
      .where(and(place, inArray(staffNotice.state, ['pending', 'sending'])))
      .orderBy(asc(staffNotice.id));
    const sending = owed.filter(({ notice }) => notice.state === 'sending');
    if (sending.some(({ notice }) => notice.leaseUntil && notice.leaseUntil > now)) return { againMs: leaseMs / 2 };
    // What a kill interrupted goes out again as it was; the channel's promise decides whether it is seen twice.
    if (sending.length > 0) return claim(tx, sending, true);
    const over = owed.filter(isOver);
    if (over.length > 0) await changeNotices(tx, over, { state: 'dropped' });
    const still = owed.filter((each) => !isOver(each));
    const due = still.filter(({ notice }) => notice.dueAt <= now);
    const urgent = due.filter(({ notice }) => urgentKinds.includes(notice.kind));
    if (urgent.length > 0) return claim(tx, urgent, false);
    const next = Math.min(...still.map(({ notice }) => notice.dueAt.getTime()));
    if (due.length === 0) return still.length === 0 ? undefined : { againMs: Math.max(100, next - now.getTime()) };
    const wait = last + digestMs - now.getTime();
    return wait > 0 ? { againMs: wait } : claim(tx, due, false);
  });
}

/** Changes what is known of notices. */
export async function changeNotices(tx: Tx, owed: OwedNotice[], set: Parameters<ReturnType<Tx['update']>['set']>[0]): Promise<void> {
  const ids = owed.map(({ notice }) => notice.id);
  await tx.update(staffNotice).set(set).where(inArray(staffNotice.id, ids));
}

/** A lease that begins now. */
export const lease = () => sql`clock_timestamp() + ${leaseMs}::int * interval '1 millisecond'`;

async function claim(tx: Tx, owed: OwedNotice[], interrupted: boolean): Promise<Claimed> {
  await changeNotices(tx, owed, { state: 'sending', attempts: sql`${staffNotice.attempts} + 1`, leaseUntil: lease() });
  return { owed, interrupted };
}

function isOver({ notice: { kind }, ticket: row, outage: out }: OwedNotice): boolean {
  if (out) return kind === 'outage' && out.endedAt !== null;
  return kind === 'breach' ? row?.state === 'resolved' : row?.state !== 'waiting';
}

async function lastDigest(tx: Tx, place: ReturnType<typeof sql>): Promise<number> {
  const [last] = await tx
    .select({ at: sql<string | null>`max(${staffNotice.sentAt})` })
    .from(staffNotice)
    .where(and(place, isNotNull(staffNotice.sentAt), notInArray(staffNotice.kind, urgentKinds)));
  return last?.at ? new Date(last.at).getTime() : 0;
}

async function timeOf(tx: Tx): Promise<Date> {
  const { rows } = await tx.execute<{ now: string }>(sql`select clock_timestamp() as now`);
  return new Date(rows[0]?.now ?? 0);
}
