import { and, eq, isNull, like, lt, sql } from 'drizzle-orm';
import type { Log } from '../log.ts';
import { pause } from '../pause.ts';
import type { Db } from '../store/connection.ts';
import { holdLease, usualLease } from '../store/lease.ts';
import { conversation, lease } from '../store/schema.ts';

const prefix = 'process ';
/** A process that lives renews its name every 2 s: one that was silent for so long is dead, or as good as that. Milliseconds. */
const silentMs = 4_000;

/** What a process is known by. */
export function processName(holder: string): string {
  return prefix + holder;
}

/**
 * Shows from now on that this process lives, and looks whether others died; returns its end. Who ends in order leaves no trace, who dies or hangs a name that
 * nobody renews. Every process looks, for those that come back after a death must know of it before they read what was left behind.
 */
export function showLife(db: Db, holder: string, log: Log): () => Promise<void> {
  const stop = new AbortController();
  const shown = holdLease(db, { name: processName(holder), holder }, stop.signal, async (signal) => {
    while (!signal.aborted) {
      const doubted = await doubtLeftBehind(db).catch(() => 0);
      if (doubted > 0) log.warn({ count: doubted }, 'a process died while turns waited: they are taken one by one');
      await pause(usualLease.renewMs, signal);
    }
  });
  return () => {
    stop.abort();
    return shown;
  };
}

/**
 * Doubts all that waited when a process died: one of them may have been what killed it. Nothing is doubted while nobody dies, however
 * much waits. Returns how many.
 */
export async function doubtLeftBehind(db: Db): Promise<number> {
  // An hour is more than any turn waits.
  await db.delete(lease).where(and(like(lease.name, `${prefix}%`), lt(lease.until, sql`clock_timestamp() - interval '1 hour'`)));
  const lives = sql`${usualLease.leaseMs - silentMs}::int * interval '1 millisecond'`;
  const [death] = await db
    .select({ before: sql<string | null>`(max(${lease.until}) - ${lives})::text` })
    .from(lease)
    .where(and(like(lease.name, `${prefix}%`), lt(lease.until, sql`clock_timestamp() + ${lives}`)));
  if (!death?.before) return 0;
  const { rowCount } = await db
    .update(conversation)
    .set({ doubted: true })
    .where(
      and(
        lt(conversation.waitingSince, sql`${death.before}::timestamptz`),
        eq(conversation.owner, 'bot'),
        isNull(conversation.closedAt),
        eq(conversation.doubted, false),
      ),
    );
  return rowCount ?? 0;
}
