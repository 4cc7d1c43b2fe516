import { sql } from 'drizzle-orm';
import { milliseconds } from '../../kb/duration.ts';
import type { Department, Desk, StaffPlace } from '../../kb/topic.ts';
import type { Tx } from '../../store/connection.ts';
import { staffNotice } from '../../store/schema.ts';
import type { Claimant } from '../deadlines/target.ts';

/** A word to people who work here, outside of the desk, that is about to be kept. */
export interface PlannedNotice {
  kind: 'waiting' | 'breach' | 'on-call' | 'outage' | 'works-again';
  /** What it is told of; the same cause is told once to each place. */
  cause: string;
  places: StaffPlace[];
  /** Milliseconds until it is due: it is not sent where the ticket is taken before, or what was out works again. */
  afterMs: number;
}

// Where somebody is at the desk they see and hear it there; the others are told of what still waits then.
const deskFirstMs = 30_000;

/** Who is told that a ticket waits. `place`: its place in line, which changes whenever it joins the line. `staffed`: somebody of the department is online. */
export function noticesOfWaiting(
  { urgency, place }: Pick<Claimant, 'urgency'> & { place: number },
  department: Department | undefined,
  onCall: Desk['onCall'],
  staffed: boolean,
): PlannedNotice[] {
  const top = urgency === 'top';
  const alerted = (top && onCall?.first) || [];
  return [
    { kind: 'waiting', cause: `waiting:${place}`, places: department?.notify ?? [], afterMs: staffed && !top ? deskFirstMs : 0 },
    { kind: 'on-call', cause: `on-call:1:${place}`, places: alerted, afterMs: 0 },
  ];
}

/** How long the first on call have before the second are alerted too, milliseconds; undefined where there is nobody to alert. */
export function secondRungAfter(urgency: Claimant['urgency'], onCall: Desk['onCall']): number | undefined {
  return urgency === 'top' && onCall && onCall.second.length > 0 ? milliseconds(onCall.after) : undefined;
}

/** Keeps words to staff about a ticket in the transaction of what they tell of: they are sent afterwards, and none is lost. Returns the kinds that are new. */
export function keepNotices(tx: Tx, ticketId: number, notices: PlannedNotice[]): Promise<Set<PlannedNotice['kind']>> {
  return keep(tx, { ticketId }, notices);
}

/** The same about an outage. */
export function keepOutageNotices(tx: Tx, outageId: number, notices: PlannedNotice[]): Promise<Set<PlannedNotice['kind']>> {
  return keep(tx, { outageId }, notices);
}

async function keep(
  tx: Tx,
  about: { ticketId: number } | { outageId: number },
  notices: PlannedNotice[],
): Promise<Set<PlannedNotice['kind']>> {
  const rows = notices.flatMap(({ kind, cause, places, afterMs }) =>
    places.map(({ channel, to }) => ({
      ...about,
      kind,
      cause,
      channel,
      recipient: to,
      dueAt: sql`clock_timestamp() + ${afterMs}::int * interval '1 millisecond'`,
    })),
  );
  if (rows.length === 0) return new Set();
  const kept = await tx.insert(staffNotice).values(rows).onConflictDoNothing().returning({ kind: staffNotice.kind });
  return new Set(kept.map(({ kind }) => kind));
}
