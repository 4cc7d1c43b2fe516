import { and, eq, sql } from 'drizzle-orm';
import type { Db } from './connection.ts';
import { lease } from './schema.ts';

const leaseMs = 10_000;
const renewMs = 2_500;

/**
 * Runs `work` while this process is the one holder of `name` among all processes, again whenever it gets the name, until `stop` aborts.
 * A holder that dies is replaced within 10 s + 2.5 s. `work` must end soon after its signal aborts (the name was lost, or stop).
 */
export async function holdLease(db: Db, name: string, holder: string, stop: AbortSignal, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  while (!stop.aborted) {
    if (await take(db, name, holder).catch(() => false)) await whileHeld(db, name, holder, stop, work);
    else await pause(renewMs, stop);
  }
}

async function whileHeld(db: Db, name: string, holder: string, stop: AbortSignal, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const lost = new AbortController();
  const signal = AbortSignal.any([stop, lost.signal]);
  let heldUntil = Date.now() + leaseMs;
  const renewal = setInterval(async () => {
    const asked = Date.now();
    if (await take(db, name, holder).catch(() => false)) heldUntil = asked + leaseMs;
    else if (Date.now() >= heldUntil - renewMs) lost.abort();
  }, renewMs);
  try {
    await work(signal);
    // Work that ends by itself before its time is started again, but not in a tight loop.
    if (!signal.aborted) await pause(renewMs, signal);
  } finally {
    clearInterval(renewal);
    if (stop.aborted) await db.delete(lease).where(and(eq(lease.name, name), eq(lease.holder, holder))).catch(() => undefined);
  }
}

async function take(db: Db, name: string, holder: string): Promise<boolean> {
  const until = sql`clock_timestamp() + ${leaseMs} * interval '1 millisecond'`;
  const rows = await db
    .insert(lease)
    .values({ name, holder, until })
    .onConflictDoUpdate({ target: lease.name, set: { holder, until }, setWhere: sql`${lease.holder} = ${holder} or ${lease.until} < clock_timestamp()` })
    .returning({ holder: lease.holder });
  return rows.length > 0;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done);
    if (signal.aborted) done();
  });
}
