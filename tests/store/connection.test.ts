import net from 'node:net';
import { sql } from 'drizzle-orm';
import pg from 'pg';
import { expect, test } from 'vitest';
import { createLog } from '../../src/log.ts';
import { openStore, type Tx } from '../../src/store/connection.ts';
import { runStatement } from '../../src/store/statement.ts';
import { newDatabase } from '../setup/app.ts';
import { until } from '../setup/until.ts';

test('a connection that breaks between two statements of a transaction fails that transaction and nothing else', async () => {
  const url = await newDatabase();
  const store = openStore(url, createLog('silent'), 2);
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  const broken = store.db.transaction(async (tx) => {
    const { rows } = await tx.execute<{ pid: number }>('select pg_backend_pid() as pid');
    await admin.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
    await until(async () => (await admin.query('select from pg_stat_activity where pid = $1', [rows[0]?.pid])).rowCount === 0);
    await tx.execute('select 1');
  });
  await expect(broken).rejects.toThrow();
  expect((await store.db.execute('select 1 as one')).rows).toEqual([{ one: 1 }]);
  await admin.end();
  await store.close();
});

test('a transaction that falls asleep is ended, so that nobody waits for its locks for ever', async () => {
  const url = await newDatabase();
  const store = openStore(url, createLog('silent'), 2);
  await store.db.execute('create table held as select 1 as n');
  let fallenAsleep = () => {};
  const held = new Promise<void>((resolve) => (fallenAsleep = resolve));
  let wake = () => {};
  const asleep = store.db.transaction(async (tx) => {
    await tx.execute('update held set n = 2');
    fallenAsleep();
    await new Promise<void>((resolve) => (wake = resolve));
    await tx.execute('select 1');
  });
  asleep.catch(() => {});
  await held;
  // Waits for the lock; were it never let go, this test would not end.
  await store.db.execute('update held set n = 3');
  wake();
  await expect(asleep).rejects.toThrow();
  expect((await store.db.execute('select n from held')).rows).toEqual([{ n: 3 }]);
  await store.close();
});

test('a connection that breaks as a transaction begins is given back: the pool does not run dry', async () => {
  const direct = new URL(await newDatabase());
  const [host, port] = [direct.hostname, Number(direct.port)];
  let cuts = 0;
  const proxy = net.createServer((near) => {
    const far = net.connect(port, host);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const)
      from.on('error', () => to.destroy()).on('close', () => to.destroy());
    far.pipe(near);
    near.on('data', (sent) => {
      if (cuts > 0 && sent.includes('begin')) {
        cuts -= 1;
        near.destroy();
      } else far.write(sent);
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const url = new URL(direct);
  url.port = String((proxy.address() as net.AddressInfo).port);
  const store = openStore(url.href, createLog('silent'), 1);
  for (let n = 0; n < 3; n++) {
    cuts = 1;
    await expect(store.db.transaction((tx) => tx.execute('select 1'))).rejects.toThrow();
  }
  expect((await store.db.transaction((tx) => tx.execute('select 1 as one'))).rows).toEqual([{ one: 1 }]);
  await store.close();
  proxy.close();
});

test.each([
  ['of their own', (tx: Tx, text: string) => tx.execute(text)],
  ['that are kept planned', (tx: Tx, text: string) => runStatement(tx, text, sql.raw(text))],
])(
  'two transactions that wait for each other by statements %s both come about: the one that PostgreSQL ends is done again',
  async (_, run) => {
    const store = openStore(await newDatabase(), createLog('silent'), 4);
    await store.db.execute('create table held as select n, 0 as times from generate_series(1, 2) as n');
    const bothStarted = Promise.withResolvers<void>();
    let started = 0;
    const raise = (first: number, second: number) =>
      store.db.transaction(async (tx) => {
        await run(tx, `update held set times = times + 1 where n = ${first}`);
        if (++started === 2) bothStarted.resolve();
        await bothStarted.promise;
        await run(tx, `update held set times = times + 1 where n = ${second}`);
      });
    await Promise.all([raise(1, 2), raise(2, 1)]);
    expect((await store.db.execute('select times from held')).rows).toEqual([{ times: 2 }, { times: 2 }]);
    expect(started).toBe(3);
    await store.close();
  },
);
