import pg from 'pg';
import { expect, test } from 'vitest';
import { createLog } from '../../src/log.ts';
import { openStore } from '../../src/store/connection.ts';
import { migrate } from '../../src/store/migrate.ts';
import { requireNewEnough } from '../../src/store/server-fit.ts';
import { newDatabase, newRecord } from '../setup/app.ts';

async function migrating(url: string): Promise<string> {
  const store = openStore(url, createLog('silent'), 2);
  return migrate(store)
    .then(
      () => 'done',
      (error: Error) => error.message,
    )
    .finally(() => store.close());
}

test('a PostgreSQL that is too old is named, with what to do', () => {
  expect(() => requireNewEnough('14.20 (Debian 14.20-1)')).toThrow(/^PostgreSQL 14\.20 \(Debian 14\.20-1\) is too old: .*newer server/);
  for (const fitting of ['15.18 (Debian 15.18-0+deb12u1)', '18.4', '19beta1']) expect(() => requireNewEnough(fitting)).not.toThrow();
});

test('the tables of a newer Destek are left alone: an older one does not start on them', async () => {
  const url = await newRecord();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`insert into drizzle.__drizzle_migrations (hash, created_at) values ('of tomorrow', ${Date.UTC(2099, 0, 2)})`);
  await client.end();
  expect(await migrating(url)).toMatch(/of a newer Destek \(of 2099-01-02\)\. Start that version again, or restore the backup/);
});

test('an account that may not create tables is told whose database it must be', async () => {
  const url = await newDatabase();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`revoke create on database ${new URL(url).pathname.slice(1)} from current_user`);
  await client.end();
  expect(await migrating(url)).toMatch(/cannot be brought up to date: permission denied .*owner of the database/);
});
