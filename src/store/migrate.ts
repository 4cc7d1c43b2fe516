import path from 'node:path';
import { sql } from 'drizzle-orm';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as runPending } from 'drizzle-orm/node-postgres/migrator';
import { Fault } from '../errors.ts';
import type { Db, Store } from './connection.ts';
import { rebaseEvents } from './rebase-events.ts';
import * as schema from './schema.ts';
import { requireKnownTables, requireNewEnough, tablesFault } from './server-fit.ts';

// Any constant will do, as long as nobody else in this database takes it.
const lock = 7_236_501;
const migrationsFolder = path.join(import.meta.dirname, 'migrations');

/**
 * Brings the database to this version's tables; several processes may call it at once. Throws `store.unavailable` where the server cannot be reached or is
 * too old, the account may not create tables, or a newer Destek was here.
 */
export async function migrate(store: Store): Promise<void> {
  const client = await store.pool.connect().catch((error: Error) => {
    throw new Fault(
      'store.unavailable',
      `The database cannot be reached: ${error.message}.`,
      'Check DATABASE_URL and that PostgreSQL runs.',
    );
  });
  try {
    const db = drizzle(client, { schema });
    const { rows } = await db.execute<{ server_version: string }>(sql`show server_version`);
    requireNewEnough(rows[0]?.server_version ?? '');
    await db.execute(sql`select pg_advisory_lock(${lock})`);
    requireKnownTables(await newestChange(db), readMigrationFiles({ migrationsFolder }).at(-1)?.folderMillis ?? 0);
    await runPending(db, { migrationsFolder }).catch((error) => Promise.reject(tablesFault(error)));
    await rebaseEvents(db);
    await db.execute(sql`select pg_advisory_unlock(${lock})`);
  } finally {
    client.release();
  }
}

/** When the newest change of tables that this database has was made, in milliseconds; 0 in a new one. */
async function newestChange(db: Pick<Db, 'execute'>): Promise<number> {
  const { rows } = await db.execute<{ there: boolean }>(sql`select to_regclass('drizzle.__drizzle_migrations') is not null as there`);
  if (!rows[0]?.there) return 0;
  const newest = await db.execute<{ at: string | null }>(sql`select max(created_at) as at from drizzle.__drizzle_migrations`);
  return Number(newest.rows[0]?.at ?? 0);
}
