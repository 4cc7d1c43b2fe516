import { sql } from 'drizzle-orm';
import { sourceCursor } from '../conversation/source.ts';
import type { Db } from '../store/connection.ts';
import { readCursor, writeCursor } from '../store/cursor.ts';
import type { Queues } from './queues.ts';
import { readTroubles, type Trouble } from './troubles.ts';

/** What the clock found at its last check, for every process to show. */
export interface Checked {
  /** Milliseconds since 1970. */
  at: number;
  /** How many conversations break each invariant. */
  invariants: Record<string, number>;
  /** Looks that failed for good, by queue: kept aside so that they hold up nobody. */
  stuck: Record<string, number>;
}

/** A connection that one process holds for a channel: a mailbox, a gateway. */
export interface Reader {
  channel: string;
  name: string;
  /** True while a process holds it. */
  held: boolean;
  /** When it was last read, where the channel keeps that; milliseconds since 1970. */
  at?: number;
}

/** How the pipes are. */
export interface Health {
  checked?: Checked;
  /** Replies of the last 24 hours that did not arrive, and that perhaps did. */
  undelivered: { failed: number; uncertain: number };
  /** What could not be read and was kept aside, by channel and source. */
  aside: { channel: string; name: string; count: number }[];
  readers: Reader[];
  troubles: Trouble[];
}

/** Keeps what a check found. */
export async function keepChecked(db: Db, queues: Queues, names: string[], invariants: Record<string, number>): Promise<void> {
  const stuck: Record<string, number> = {};
  for (const name of names) stuck[name] = await queues.open(name).getFailedCount();
  await writeCursor(db, 'clock', 'checked', { at: Date.now(), invariants, stuck } satisfies Checked);
}

/** Reads how the pipes are: a few rows over indices. */
export async function readHealth(db: Db): Promise<Health> {
  const [checked, undelivered, kept, leases, troubles] = await Promise.all([
    readCursor<Checked>(db, 'clock', 'checked'),
    db.execute<{ failed: string; uncertain: string }>(sql`
      select count(*) filter (where delivery = 'failed') as failed, count(*) filter (where delivery = 'uncertain') as uncertain
      from message where delivery in ('failed', 'uncertain') and created_at > now() - interval '24 hours'`),
    db.execute<{ channel: string; name: string; count: number | null; at: number | null }>(sql`
      select channel, name, case when jsonb_typeof(value) = 'array' then jsonb_array_length(value) end as count,
        case when jsonb_typeof(value -> 'at') = 'number' then (value ->> 'at')::float8 end as at
      from cursor where channel <> 'clock' and (name like 'aside:%' or value ? 'at')`),
    db.execute<{ name: string; held: boolean }>(sql`select name, until > clock_timestamp() as held from lease where name like '%:%'`),
    readTroubles(db),
  ]);
  const counted = undelivered.rows[0];
  return {
    checked,
    undelivered: { failed: Number(counted?.failed ?? 0), uncertain: Number(counted?.uncertain ?? 0) },
    aside: kept.rows.flatMap(({ channel, name, count }) =>
      name.startsWith('aside:') && count ? [{ channel, name: name.slice('aside:'.length), count }] : [],
    ),
    readers: leases.rows.map(({ name, held }) => {
      const [, channel = '', of = ''] = /^([^:]+):(.*)$/.exec(name) ?? [];
      const looks = kept.rows.filter((row) => row.channel === channel && row.at !== null);
      // What is a source of its own keeps its own look; else the newest look of the channel counts.
      const own = looks.find((row) => row.name === sourceCursor(of.slice(of.indexOf(':') + 1)));
      const at = own ? Number(own.at) : looks.reduce((newest, row) => Math.max(newest, Number(row.at)), 0);
      return { channel, name: of, held, at: at || undefined };
    }),
    troubles,
  };
}
