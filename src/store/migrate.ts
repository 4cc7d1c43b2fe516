import path from 'node:path';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as runPending } from 'drizzle-orm/node-postgres/migrator';
import { Fault } from '../errors.ts';
import type { Store } from './connection.ts';
import { rebaseEvents } from './rebase-events.ts';
import * as schema from './schema.ts';

// Any constant will do, as long as nobody else in this database takes it.
const lock = 7_236_501;

/** Brings the database to this version's tables; several processes may call it at once. Throws where the server cannot be reached or the account may not create tables. */
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
    await db.execute(sql`select pg_advisory_lock(${lock})`);
    await runPending(db, { migrationsFolder: path.join(import.meta.dirname, 'migrations') });
    await rebaseEvents(db);
    await db.execute(sql`select pg_advisory_unlock(${lock})`);
  } finally {
    client.release();
  }
}
