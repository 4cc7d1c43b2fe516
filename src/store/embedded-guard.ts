import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { Fault } from '../errors.ts';
import type { Log } from '../log.ts';

/** Holds the embedded server for this process. */
export interface Guard {
  /** Lets go; false when the lock was not ours at that moment. */
  release(): Promise<boolean>;
}

/** Two numbers, because one-number locks are the queue's and the clock's; "dstk" and 1. */
const lock = [0x6473746b, 1];

/**
 * Takes the one lock that says which Destek works on this database, and watches over the server while holding it: when the connection breaks,
 * `raise` brings the server back on its port. The lock is the database's own and goes with the connection, so a killed process leaves none behind.
 * Throws Fault `data-dir.in-use` when another process has it.
 */
export async function guardServer(url: string, raise: () => Promise<unknown>, log: Log): Promise<Guard> {
  let released = false;
  let held: pg.Client | undefined = await take(url, onLost);
  let reviving: Promise<void> = Promise.resolve();
  return {
    async release() {
      released = true;
      await reviving;
      const owned = held;
      held = undefined;
      await owned?.end();
      return owned !== undefined;
    },
  };

  function onLost(): void {
    held = undefined;
    if (released) return;
    log.error('embedded PostgreSQL is gone, bringing it back');
    reviving = revive();
  }

  async function revive(): Promise<void> {
    for (let pause = 200; !released; pause = Math.min(pause * 2, 5000)) {
      try {
        await raise();
        held = await take(url, onLost);
        log.warn('embedded PostgreSQL is back');
        return;
      } catch (error) {
        log.error({ err: error instanceof Error ? error.message : String(error) }, 'embedded PostgreSQL does not come back yet');
      }
      await sleep(pause);
    }
  }
}

async function take(url: string, onLost: () => void): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
    application_name: `destek process ${process.pid}`,
  });
  let taken = false;
  // An error on a connection is always followed by its end.
  client.on('error', () => {});
  client.on('end', () => taken && onLost());
  await client.connect();
  // A process that was just killed needs a moment to let go.
  const deadline = Date.now() + 3000;
  while (!taken) {
    const { rows } = await client.query('SELECT pg_try_advisory_lock($1, $2) AS taken', lock);
    taken = rows[0].taken;
    if (taken) break;
    if (Date.now() > deadline) {
      const holder = await findHolder(client);
      await client.end();
      throw new Fault(
        'data-dir.in-use',
        `Another Destek${holder ? ` (${holder.replace('destek ', '')})` : ''} works with this data folder.`,
        'Stop it, or give this one another DATA_DIR, or share a database between them with DATABASE_URL.',
      );
    }
    await sleep(100);
  }
  return client;
}

async function findHolder(client: pg.Client): Promise<string | undefined> {
  const { rows } = await client.query(
    `SELECT application_name AS name FROM pg_locks JOIN pg_stat_activity USING (pid)
     WHERE locktype = 'advisory' AND classid = $1 AND objid = $2 AND granted`,
    lock,
  );
  return rows[0]?.name;
}
