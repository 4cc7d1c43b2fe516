import { and, eq, inArray, sql } from 'drizzle-orm';
import { RetryLater, Undeliverable } from '../../conversation/channel.ts';
import type { Look, Queues } from '../../delivery/queues.ts';
import { leaseMs } from '../../delivery/sending.ts';
import type { Log } from '../../log.ts';
import { metrics } from '../../metrics.ts';
import type { Db } from '../../store/connection.ts';
import { staffNotice, ticket } from '../../store/schema.ts';
import { type Claimed, changeNotices, claimNotices, lease, type OwedNotice } from './staff-owed.ts';

/** Sends a text to a place that the settings name, through whatever channel. `id` is the same for every attempt. Throws what channels throw. */
export type StaffPost = (
  place: { channel: string; recipient: string },
  said: StaffText,
  sending: { id: string; noticeId: number; attempt: number; at: Date },
) => Promise<void>;

/** A word to staff, written. `subject`: where the channel has titles. */
export interface StaffText {
  subject: string;
  text: string;
}

interface Parts {
  db: Db;
  queues: Queues;
  post: StaffPost;
  write(owed: OwedNotice[]): StaffText;
  log: Log;
}

const mostAttempts = 8;

/** Wakes the sender for what people have to be told of a ticket or an outage. */
export async function wakeNotices(db: Db, queues: Queues, about: { ticketId: number } | { outageId: number }): Promise<void> {
  const of = 'ticketId' in about ? eq(staffNotice.ticketId, about.ticketId) : eq(staffNotice.outageId, about.outageId);
  const owed = await db
    .select({ id: staffNotice.id, wait: sql<string>`greatest(0, extract(epoch from ${staffNotice.dueAt} - clock_timestamp()) * 1000)` })
    .from(staffNotice)
    .where(and(of, eq(staffNotice.state, 'pending')));
  await Promise.all(owed.map(({ id, wait }) => queues.wake('notices', String(id), Math.ceil(Number(wait)))));
}

/** The look at a notice: all that its place is owed goes out as one. */
export function createNoticeLook({ db, queues, post, write, log }: Parts): Look {
  return async (key) => {
    const claimed = await claimNotices(db, Number(key));
    if (!claimed || 'againMs' in claimed) return claimed;
    const { owed } = claimed;
    const renewal = setInterval(() => void changeNotices(db, owed, { leaseUntil: lease() }).catch(() => undefined), leaseMs / 3);
    try {
      return await send(claimed);
    } finally {
      clearInterval(renewal);
    }
  };

  async function send({ owed, interrupted }: Claimed): Promise<{ againMs: number } | undefined> {
    const [{ notice }] = owed as [OwedNotice];
    const attempt = notice.attempts + 1;
    try {
      await post(notice, write(owed), { id: `notice-${notice.id}`, noticeId: notice.id, attempt, at: notice.createdAt });
    } catch (error) {
      if (error instanceof Undeliverable || (attempt >= mostAttempts && !(error instanceof RetryLater)))
        return giveUp(owed, error as Error);
      const afterMs = Math.ceil(error instanceof RetryLater ? error.afterMs : Math.min(60_000, 500 * 2 ** attempt));
      await changeNotices(db, owed, {
        state: 'pending',
        leaseUntil: null,
        dueAt: sql`clock_timestamp() + ${afterMs}::int * interval '1 millisecond'`,
      });
      return { againMs: afterMs };
    }
    await changeNotices(db, owed, { state: interrupted ? 'uncertain' : 'sent', sentAt: sql`clock_timestamp()`, leaseUntil: null });
    metrics.staffNotices.inc({ kind: notice.kind, state: 'sent' });
    return undefined;
  }

  async function giveUp(owed: OwedNotice[], error: Error): Promise<undefined> {
    const [{ notice }] = owed as [OwedNotice];
    const code = error instanceof Undeliverable ? error.code : 'error';
    log.error(
      { notice: notice.id, channel: notice.channel, kind: notice.kind, code },
      'staff not told: correct notify in departments.yaml or onCall in desk.yaml',
    );
    await changeNotices(db, owed, { state: 'failed', failure: code, leaseUntil: null });
    metrics.staffNotices.inc({ kind: notice.kind, state: 'failed' });
    const tickets = owed.flatMap((each) => (each.notice.kind === 'on-call' ? (each.ticket ?? []) : []));
    if (tickets.length === 0) return undefined;
    // Who is on call cannot be reached: those of the second rung are not kept waiting for them.
    const ids = tickets.map(({ id }) => id);
    await db
      .update(ticket)
      .set({ onCallDue: sql`clock_timestamp()` })
      .where(and(inArray(ticket.id, ids), sql`${ticket.onCallDue} is not null`));
    await Promise.all(tickets.map(({ conversationId }) => queues.wake('deadlines', String(conversationId))));
    return undefined;
  }
}
