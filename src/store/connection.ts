import { sql } from 'drizzle-orm';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import type { Log } from '../log.ts';
import * as schema from './schema.ts';

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

/** Opens a pool on PostgreSQL (connects when first used). `max`: connections, default 16: a PostgreSQL as installed has room for three processes. */
export function openStore(url: string, log: Log, max = 16): Store {
  const pool = new pg.Pool({ connectionString: url, max, keepAlive: true, connectionTimeoutMillis: 10_000, application_name: 'destek' });
  // An idle connection that breaks (server restart) is replaced by the pool; without a listener it would end the process.
  pool.on('error', (error) => log.warn({ err: error.message }, 'database connection lost'));
  return { db: drizzle(pool, { schema }), pool, url, close: () => pool.end() };
}
