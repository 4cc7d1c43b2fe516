import { and, eq, sql } from 'drizzle-orm';
import { pause } from '../pause.ts';
import { atMost } from './at-most.ts';
import type { Db } from './connection.ts';
import { lease } from './schema.ts';

/** How long a name stays with a holder that does not renew, and how often it is renewed or asked for. Milliseconds. */
export interface LeaseTimes {
  leaseMs: number;
  renewMs: number;
}

/** How long a name that nobody renews stays taken. */
export const usualLease: LeaseTimes = { leaseMs: 8_000, renewMs: 2_000 };

/** A name that one process holds. */
export interface Hold {
  name: string;
  /** Which process: another word for each. */
  holder: string;
  /** Default {@link usualLease}. */
  times?: LeaseTimes;
}

/**
 * Runs `work` while this process is the one holder of a name among all processes, again whenever it gets the name, until `stop` aborts.
 * A holder that dies is replaced within 8 s + 2 s. `work` must end soon after its signal aborts (the name was lost, or stop).
 * When `work` throws the name is free for others at once, and this rejects.
 */
export async function holdLease(db: Db, hold: Hold, stop: AbortSignal, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const { renewMs } = hold.times ?? usualLease;
  while (!stop.aborted) {
    if (await take(db, hold).catch(() => false)) await whileHeld(db, hold, stop, work);
    else await pause(renewMs, stop);
  }
}

async function whileHeld(db: Db, hold: Hold, stop: AbortSignal, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const { leaseMs, renewMs } = hold.times ?? usualLease;
  const lost = new AbortController();
  const signal = AbortSignal.any([stop, lost.signal]);
  // A clock of its own, not the answer to a renewal: a database that hangs gives none, and meanwhile somebody else takes the name.
  const giveUpAfter = (asked: number) => setTimeout(() => lost.abort(), Math.max(0, leaseMs - renewMs - (performance.now() - asked)));
  let end = giveUpAfter(performance.now());
  const asking = new Set<Promise<void>>();
  const renew = async () => {
    const [asked, before] = [performance.now(), end];
    const held = await take(db, hold).catch(() => undefined);
    if (held === false) lost.abort();
    if (!held || before !== end) return;
    clearTimeout(end);
    end = giveUpAfter(asked);
  };
  const renewal = setInterval(() => {
    const renewed = renew().finally(() => asking.delete(renewed));
    asking.add(renewed);
  }, renewMs);
  try {
    await work(signal);
  } finally {
    clearInterval(renewal);
    // One that is on its way would take the name back.
    await atMost(renewMs, Promise.all(asking));
    clearTimeout(end);
    await db
      .delete(lease)
      .where(and(eq(lease.name, hold.name), eq(lease.holder, hold.holder)))
      .catch(() => undefined);
  }
  // Work that ends by itself before its time is started again, here or elsewhere, but not in a tight loop.
  if (!stop.aborted) await pause(renewMs, stop);
}

async function take(db: Db, { name, holder, times: { leaseMs } = usualLease }: Hold): Promise<boolean> {
  const until = sql`clock_timestamp() + ${leaseMs} * interval '1 millisecond'`;
  const rows = await db
    .insert(lease)
    .values({ name, holder, until })
    .onConflictDoUpdate({
      target: lease.name,
      set: { holder, until },
      setWhere: sql`${lease.holder} = ${holder} or ${lease.until} < clock_timestamp()`,
    })
    .returning({ holder: lease.holder });
  return rows.length > 0;
}
