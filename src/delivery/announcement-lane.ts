import { sql } from 'drizzle-orm';
import { type Channel, RetryLater, Undeliverable } from '../conversation/channel.ts';
import type { Log } from '../log.ts';
import { metrics } from '../metrics.ts';
import type { Db } from '../store/connection.ts';
import { isProtected } from './announcement.ts';
import { keepAnnouncement } from './announcement-record.ts';
import { partsFor, type Texts } from './announcement-text.ts';

/** How often the lane moves, and so its speed: one place a second, over all announcements and channels. Milliseconds. */
export const laneMs = 1_000;
/** A sender renews its lease while the channel works. Milliseconds. */
const leaseMs = 7_000;
const mostAttempts = 8;

interface Owed extends Record<string, unknown> {
  id: string;
  announcement_id: string;
  channel: string;
  place: string;
  contact_id: string | null;
  languages: string[];
  texts: Texts;
  created_at: string;
  attempts: number;
  doubtful: boolean;
  external_ids: (string | null)[];
}

/** One step of the lane: the next place of an announcement that is due gets it. One process takes the steps; a row says how far each place is, so a kill repeats at most the one send in flight. */
export function createAnnouncementLane(parts: { db: Db; channels: Channel[]; log: Log }): () => Promise<void> {
  const { db, channels, log } = parts;

  return async () => {
    await finishAll();
    const owed = await claim();
    if (!owed) return;
    const channel = channels.find(({ name }) => name === owed.channel);
    if (!channel?.announce) return end(owed, 'failed', 'channel-off');
    const renewal = setInterval(() => void renew(owed).catch(() => undefined), leaseMs / 3);
    try {
      const sent = await sendParts(owed, channel);
      await end(owed, sent > 0 && owed.doubtful && channel.capabilities.idempotent === 'none' ? 'uncertain' : 'sent');
      if (owed.contact_id !== null) await keepAnnouncement(db, owed);
    } catch (error) {
      await failed(owed, error as Error);
    } finally {
      clearInterval(renewal);
    }
    await finishAll();
  };

  async function claim(): Promise<Owed | undefined> {
    const { rows } = await db.execute<Owed & { state: string }>(sql`
      with next as (
        select d.id from announcement_delivery d join announcement a on a.id = d.announcement_id
        where a.state = 'scheduled' and a.starts_at <= clock_timestamp() and d.state in ('pending', 'sending')
          and (d.due_at is null or d.due_at <= clock_timestamp()) and (d.lease_until is null or d.lease_until < clock_timestamp())
        order by a.starts_at, d.id limit 1 for update of d skip locked
      )
      update announcement_delivery d set attempts = d.attempts + 1, doubtful = d.doubtful or d.state = 'sending',
        state = case when ${isProtected} then 'withheld' else 'sending' end,
        lease_until = clock_timestamp() + ${leaseMs}::int * interval '1 millisecond'
      from next, announcement a where d.id = next.id and a.id = d.announcement_id
      returning d.id, d.announcement_id, d.channel, d.place, d.contact_id, d.languages, d.state, d.attempts, d.doubtful, d.external_ids, a.texts, a.created_at`);
    const [row] = rows;
    return row?.state === 'sending' ? row : undefined;
  }

  // Parts that went out before an interruption are not sent again.
  async function sendParts(owed: Owed, channel: Channel): Promise<number> {
    const texts = partsFor(owed.texts, owed.languages, channel.capabilities);
    const externalIds = [...owed.external_ids];
    for (const [n, text] of texts.entries()) {
      if (n < externalIds.length) continue;
      const sending = { id: `announcement-${owed.id}.${n}`, attempt: owed.attempts, at: new Date(owed.created_at) };
      externalIds.push((await channel.announce?.(owed.place, text, sending))?.externalId ?? null);
      await db.execute(sql`update announcement_delivery set external_ids = ${JSON.stringify(externalIds)}::jsonb where id = ${owed.id}`);
    }
    return texts.length - owed.external_ids.length;
  }

  async function failed(owed: Owed, error: Error): Promise<void> {
    const { id, channel, attempts } = owed;
    if (error instanceof RetryLater) return postpone(owed, error.afterMs, error.maybeSent);
    if (error instanceof Undeliverable) return end(owed, 'failed', error.code);
    log.error({ delivery: id, channel, err: error.message, stack: error.stack }, 'announcement not sent');
    return attempts >= mostAttempts ? end(owed, 'failed', 'error') : postpone(owed, Math.min(60_000, 500 * 2 ** attempts), false);
  }

  async function postpone(owed: Owed, afterMs: number, maybeSent: boolean): Promise<void> {
    await db.execute(sql`update announcement_delivery set state = 'pending', lease_until = null, doubtful = doubtful or ${maybeSent}::boolean,
      due_at = clock_timestamp() + ${Math.round(afterMs)}::int * interval '1 millisecond' where id = ${owed.id} and state = 'sending'`);
  }

  async function renew(owed: Owed): Promise<void> {
    await db.execute(sql`update announcement_delivery set lease_until = clock_timestamp() + ${leaseMs}::int * interval '1 millisecond'
      where id = ${owed.id} and state = 'sending'`);
  }

  async function end(owed: Owed, state: 'sent' | 'uncertain' | 'failed', failure?: string): Promise<void> {
    await db.execute(sql`update announcement_delivery set state = ${state}, failure = ${failure ?? null}, lease_until = null,
      sent_at = case when ${state} = 'failed' then null else clock_timestamp() end where id = ${owed.id}`);
    if (failure) log.info({ delivery: owed.id, channel: owed.channel, code: failure }, 'announcement not delivered');
    metrics.deliveries.inc({ channel: owed.channel, state });
  }

  async function finishAll(): Promise<void> {
    await db.execute(sql`update announcement a set state = 'done' where a.state = 'scheduled' and a.starts_at <= clock_timestamp()
      and not exists (select 1 from announcement_delivery d where d.announcement_id = a.id and d.state in ('pending', 'sending'))`);
  }
}
