import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
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

const usual = { leaseMs: 8_000, renewMs: 150 };

/** One of several processes that want a name. */
function contender(name: string, log: string[], who: string = randomUUID(), times = usual) {
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
  const held = async () => (await store.pool.query("select until from lease where name = 'shared'")).rows[0].until.getTime();
  const first = await held();
  await until(async () => (await held()) > first + 1_000);
  expect(all.filter((each) => each.holding())).toHaveLength(1);
  expect(log).toHaveLength(1);
  await all.find((each) => each.holding())?.stop();
  // Long before its lease would have run out.
  await until(() => all.some((each) => each.holding()), 4_000);
  expect(all.filter((each) => each.holding())).toHaveLength(1);
  await Promise.all(all.map((each) => each.stop()));
});

test('a holder that died is replaced when its lease has run out, not before', async () => {
  const started = Date.now();
  await store.pool.query("insert into lease values ('died', 'somebody', now() + interval '700 milliseconds')");
  const log: string[] = [];
  const next = contender('died', log);
  await until(() => next.holding());
  expect(Date.now() - started).toBeGreaterThan(650);
  await next.stop();
});

test('a holder whose name was taken while it was frozen stops its work', async () => {
  const log: string[] = [];
  const frozen = contender('frozen', log, 'frozen');
  await until(() => frozen.holding());
  await store.pool.query("update lease set holder = 'other', until = now() + interval '1 minute' where name = 'frozen'");
  // Long before it would give up by itself.
  await until(() => !frozen.holding(), 4_000);
  await frozen.stop();
});

test('a holder whose database hangs stops its work before anybody else can have the name', async () => {
  const log: string[] = [];
  const cut = contender('hung', log, randomUUID(), { leaseMs: 4_000, renewMs: 150 });
  await until(() => cut.holding());
  const blocker = await store.pool.connect();
  await blocker.query('begin');
  await blocker.query('set local idle_in_transaction_session_timeout = 0');
  await blocker.query("select * from lease where name = 'hung' for update");
  const { rows } = await blocker.query(
    "select extract(epoch from until - clock_timestamp()) * 1000 as left from lease where name = 'hung'",
  );
  await until(() => !cut.holding(), Number(rows[0].left));
  await blocker.query('rollback');
  blocker.release();
  await cut.stop();
});

test('a holder that stops while it renews leaves the name free', async () => {
  const one = contender('renewed', [], randomUUID(), { leaseMs: 8_000, renewMs: 1_500 });
  await until(() => one.holding());
  const [renewing, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const query = store.pool.query.bind(store.pool) as (asked: { text: string }, values: unknown[]) => Promise<unknown>;
  const renewals: Promise<unknown>[] = [];
  const slow = vi.spyOn(store.pool, 'query').mockImplementation(((asked: { text: string }, values: unknown[]) => {
    if (!asked.text.startsWith('insert')) return query(asked, values);
    const renewal = released.promise.then(() => query(asked, values));
    renewals.push(renewal);
    renewing.resolve();
    return renewal;
  }) as never);
  await renewing.promise;
  const stopped = one.stop();
  await new Promise((resolve) => setTimeout(resolve, 100));
  released.resolve();
  await Promise.all([stopped, ...renewals]);
  slow.mockRestore();
  const { rows } = await store.pool.query("select 1 from lease where name = 'renewed'");
  expect(rows).toHaveLength(0);
});

test('work that throws frees the name and is told to the caller', async () => {
  const stop = new AbortController();
  const failed = holdLease(store.db, { name: 'throws', holder: 'one', times: usual }, stop.signal, async () =>
    Promise.reject(new Error('broken')),
  );
  await expect(failed).rejects.toThrow('broken');
  const { rows } = await store.pool.query("select 1 from lease where name = 'throws'");
  expect(rows).toHaveLength(0);
});
