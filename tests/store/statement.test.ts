import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { createLog } from '../../src/log.ts';
import { openStore } from '../../src/store/connection.ts';
import { runStatement } from '../../src/store/statement.ts';
import { newDatabase } from '../setup/app.ts';

const kept = sql`select count(*)::int as times from pg_prepared_statements where name = 'sum'`;
const sum = (n: number) => sql`select ${n}::int + 1 as sum`;

test('a statement is planned once a connection, inside a transaction as outside', async () => {
  const store = openStore(await newDatabase(), createLog('silent'), 1);
  await store.db.transaction(async (tx) => {
    expect(await runStatement(tx, 'sum', sum(1))).toEqual([{ sum: 2 }]);
    expect((await tx.execute(kept)).rows).toEqual([{ times: 1 }]);
  });
  expect(await runStatement(store.db, 'sum', sum(2))).toEqual([{ sum: 3 }]);
  expect((await store.db.execute(kept)).rows).toEqual([{ times: 1 }]);
  await store.close();
});

test('what a statement does in a transaction that breaks off is undone with it', async () => {
  const store = openStore(await newDatabase(), createLog('silent'), 2);
  await store.db.execute('create table done (n int)');
  const broken = store.db.transaction(async (tx) => {
    await runStatement(tx, 'do', sql`insert into done values (${1})`);
    // Within a transaction within it, too.
    await tx.transaction(async (inner) => void (await runStatement(inner, 'do', sql`insert into done values (${2})`)));
    expect((await tx.execute('select n from done order by n')).rows).toEqual([{ n: 1 }, { n: 2 }]);
    throw new Error('broken off');
  });
  await expect(broken).rejects.toThrow('broken off');
  expect((await store.db.execute('select n from done')).rows).toEqual([]);
  await store.close();
});
