import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLog } from '../../src/log.ts';
import { openStore, type Store } from '../../src/store/connection.ts';
import { holdLease } from '../../src/store/lease.ts';
import { newRecord } from '../setup/app.ts';
import { until } from '../setup/until.ts';

let store: Store;
beforeAll(async () => {
  store = openStore(await newRecord(), createLog('silent'));
});
afterAll(() => store.close());

const times = { leaseMs: 2_000, renewMs: 150 };

/** One of several processes that want a name. */
function contender(name: string, log: string[], who: string = randomUUID()) {
  const stop = new AbortController();
  let holding = false;
  const ended = holdLease(store.db, { name, holder: who, times }, stop.signal, async (signal) => {
    holding = true;
    log.push(`${who} has it`);
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    log.push(`${who} has lost it`);
    holding = false;
  });
  return {
    holding: () => holding,
    stop: () => {
      stop.abort();
      return ended;
    },
  };
}

test('one of three works, and when it stops another takes over at once', async () => {
  const log: string[] = [];
  const all = [1, 2, 3].map((who) => contender('shared', log, String(who)));
  await until(() => all.some((each) => each.holding()));
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  expect(all.filter((each) => each.holding())).toHaveLength(1);
  expect(log).toHaveLength(1);
  const first = all.find((each) => each.holding());
  await first?.stop();
  // Long before its lease would have run out.
  await until(() => all.some((each) => each.holding()), 1_500);
  expect(all.filter((each) => each.holding())).toHaveLength(1);
  await Promise.all(all.map((each) => each.stop()));
});

test('a holder that died is replaced when its lease has run out, not before', async () => {
  await store.pool.query("insert into lease values ('died', 'somebody', now() + interval '700 milliseconds')");
  const log: string[] = [];
  const started = Date.now();
  const next = contender('died', log);
  await until(() => next.holding(), 2_000);
  expect(Date.now() - started).toBeGreaterThan(500);
  await next.stop();
});

test('a holder whose name was taken while it was frozen stops its work', async () => {
  const log: string[] = [];
  const frozen = contender('frozen', log, 'frozen');
  await until(() => frozen.holding());
  await store.pool.query("update lease set holder = 'other', until = now() + interval '1 second' where name = 'frozen'");
  await until(() => !frozen.holding(), 500);
  await frozen.stop();
});

test('a holder whose database hangs stops its work before anybody else can have the name', async () => {
  const log: string[] = [];
  const cut = contender('hung', log);
  await until(() => cut.holding());
  const blocker = await store.pool.connect();
  await blocker.query('begin');
  await blocker.query("select * from lease where name = 'hung' for update");
  const { rows } = await blocker.query(
    "select extract(epoch from until - clock_timestamp()) * 1000 as left from lease where name = 'hung'",
  );
  await until(() => !cut.holding(), Number(rows[0].left));
  await blocker.query('rollback');
  blocker.release();
  await cut.stop();
});

test('work that throws frees the name and is told to the caller', async () => {
  const stop = new AbortController();
  const failed = holdLease(store.db, { name: 'throws', holder: 'one', times }, stop.signal, async () =>
    Promise.reject(new Error('broken')),
  );
  await expect(failed).rejects.toThrow('broken');
  const { rows } = await store.pool.query("select 1 from lease where name = 'throws'");
  expect(rows).toHaveLength(0);
});
