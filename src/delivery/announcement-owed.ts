import { sql } from 'drizzle-orm';
import type { Db } from '../store/connection.ts';
import type { Texts } from './announcement-text.ts';
import { leaseMs } from './sending.ts';

/** A place that is ours to tell. `doubtful`: somebody began before and never told the end, or was not answered. */
export interface OwedPlace extends Record<string, unknown> {
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

/**
 * The next place of an announcement that is due, claimed; undefined where there is none now, or it was withheld:
 * who is protected is told of no offers and news until a supervisor lifts that.
 */
export async function claimPlace(db: Db): Promise<OwedPlace | undefined> {
  const { rows } = await db.execute<OwedPlace & { state: string }>(sql`
    with next as (
      select d.id from announcement_delivery d join announcement a on a.id = d.announcement_id
      where a.state = 'scheduled' and a.starts_at <= clock_timestamp() and d.state in ('pending', 'sending')
        and (d.due_at is null or d.due_at <= clock_timestamp()) and (d.lease_until is null or d.lease_until < clock_timestamp())
      order by a.starts_at, d.id limit 1 for update of d skip locked
    )
    update announcement_delivery d set attempts = d.attempts + 1, doubtful = d.doubtful or d.state = 'sending',
      state = case when exists (select from contact k where k.id = d.contact_id and k.protected) then 'withheld' else 'sending' end,
      lease_until = clock_timestamp() + ${leaseMs}::int * interval '1 millisecond'
    from next, announcement a where d.id = next.id and a.id = d.announcement_id
    returning d.id, d.announcement_id, d.channel, d.place, d.contact_id, d.languages, d.state, d.attempts, d.doubtful, d.external_ids, a.texts, a.created_at`);
  const [row] = rows;
  return row?.state === 'sending' ? row : undefined;
}

/** Keeps how far a place is: the ids of the parts that went out. */
export async function keepParts(db: Db, { id }: OwedPlace, externalIds: (string | null)[]): Promise<void> {
  await db.execute(sql`update announcement_delivery set external_ids = ${JSON.stringify(externalIds)}::jsonb where id = ${id}`);
}

/** The sender lives. */
export async function renewPlace(db: Db, owed: OwedPlace): Promise<void> {
  await db.execute(sql`update announcement_delivery set lease_until = clock_timestamp() + ${leaseMs}::int * interval '1 millisecond'
    where id = ${owed.id} and state = 'sending'`);
}

/** sending → pending, not before so many milliseconds have passed. `maybeSent`: it may have arrived. */
export async function postponePlace(db: Db, owed: OwedPlace, afterMs: number, maybeSent: boolean): Promise<void> {
  await db.execute(sql`update announcement_delivery set state = 'pending', lease_until = null, doubtful = doubtful or ${maybeSent}::boolean,
    due_at = clock_timestamp() + ${Math.round(afterMs)}::int * interval '1 millisecond' where id = ${owed.id} and state = 'sending'`);
}

/** How it ended there; `failure`: a code. */
export async function endPlace(db: Db, { id }: OwedPlace, state: 'sent' | 'uncertain' | 'failed', failure?: string): Promise<void> {
  await db.execute(sql`update announcement_delivery set state = ${state}, failure = ${failure ?? null}, lease_until = null,
    sent_at = case when ${state} = 'failed' then null else clock_timestamp() end where id = ${id}`);
}

/** Announcements whose places are all told are done. */
export async function finishTold(db: Db): Promise<void> {
  await db.execute(sql`update announcement a set state = 'done' where a.state = 'scheduled' and a.starts_at <= clock_timestamp()
      and not exists (select 1 from announcement_delivery d where d.announcement_id = a.id and d.state in ('pending', 'sending'))`);
}
