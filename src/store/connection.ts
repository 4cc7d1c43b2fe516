import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import type { Log } from '../log.ts';
import { causeOf } from './cause.ts';
import * as schema from './schema.ts';

/** The record, for single statements and for whoever begins transactions. */
export type Db = NodePgDatabase<typeof schema>;
/** A transaction, or the database itself where one statement suffices. */
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0] | Db;

/** The record's connection: `db` for queries, `pool` for the queue and LISTEN, `close` when all else has stopped. */
export interface Store {
  db: Db;
  pool: pg.Pool;
  url: string;
  close(): Promise<void>;
}

/** True while the database answers. */
export async function answers(db: Db): Promise<boolean> {
  return db.execute(sql`select 1`).then(
    () => true,
    () => false,
  );
}

/** A process that is frozen between two statements must not hold its row locks for ever: after so long the server ends that transaction. */
export const idleInTransactionMs = 5_000;

/**
 * Lets a pool outlive its connections (server restart). The pool replaces them, but listens only to those that nobody uses: one that breaks
 * between two statements of a transaction would end the process.
 */
export function surviveLoss(pool: pg.Pool, lost: (error: Error) => void): void {
  pool.on('error', lost);
  pool.on('connect', (client) => client.on('error', () => {}));
}

/** Opens a pool on PostgreSQL (connects when first used). `max`: connections, default 16: a PostgreSQL as installed has room for three processes. */
export function openStore(url: string, log: Log, max = 16): Store {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
    idle_in_transaction_session_timeout: idleInTransactionMs,
    application_name: 'destek',
  });
  surviveLoss(pool, (error) => log.warn({ err: error.message }, 'database connection lost'));
  const db = drizzle(pool, { schema });
  db.transaction = (work, config) =>
    transact(pool, (client) =>
      drizzle(client, { schema }).transaction((tx) => {
        clients.set(tx, client);
        return work(tx);
      }, config),
    );
  return { db, pool, url, close: () => pool.end() };
}

// drizzle does not tell on which connection a transaction runs.
const clients = new WeakMap<object, pg.PoolClient>();

/** What runs statements for `db`, for those that drizzle does not make; undefined in a transaction within a transaction. */
export function clientOf(db: Tx): pg.Pool | pg.PoolClient | undefined {
  return '$client' in db ? (db as Db & { $client: pg.Pool }).$client : clients.get(db);
}

// Of two transactions that wait for each other PostgreSQL ends one, undone as a whole: it may simply be done again. ("Deadlocks", 40P01.)
const mostTries = 3;
const isDeadlock = (error: unknown) => causeOf(error)?.code === '40P01';

/** What a transaction had read is gone (a contact that was merged): thrown in it, it is done again from the start, as after a deadlock. */
export class Vanished extends Error {}

/** drizzle begins before it minds the end: where the connection breaks at `begin`, the pool would never get it back, and sixteen such would be all. */
async function transact<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    const client = await pool.connect();
    try {
      return await work(client);
    } catch (error) {
      if (tries === mostTries || !(isDeadlock(error) || error instanceof Vanished)) throw error;
    } finally {
      client.release();
    }
    // The other one first: else both take their first lock again.
    await pause(100 * tries);
  }
}
