import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../setup/until.ts';
import { patient } from './patient.ts';
import { openStage, type Stage } from './stage.ts';

const secret = 'a secret key for tests, nothing else at all';
const people = 400;
const rounds = 26;

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ SECRET_KEY: secret }, ['tidy-heap.mjs']);
});
afterAll(() => stage.end());

/** What must not grow with the number of messages: jobs kept, rows and keys of the queue, connections, memory in use. */
async function size(): Promise<{ queue: number; connections: number; heapMegabytes: number }> {
  const [{ connections }] = (await stage.query<{ connections: string }>(
    "select count(*) as connections from pg_stat_activity where application_name <> ''",
  )) as [{ connections: string }];
  const metrics = await (await fetch(`${stage.one.url}/metrics`)).text();
  const heap = Number(/^nodejs_heap_size_used_bytes (\S+)/m.exec(metrics)?.[1]);
  return { queue: await kept(), connections: Number(connections), heapMegabytes: heap / 1e6 };
}

/** Everything that the queue keeps, but for its two streams of events, which have a length of their own. */
async function kept(): Promise<number> {
  if (!stage.redis) {
    const [row] = await stage.query<{ n: string }>(
      'select (select count(*) from bullmq.job) + (select count(*) from bullmq.dedup) + (select count(*) from bullmq.dedup_next) + (select greatest(0, count(*) - 5000) from bullmq.event) as n',
    );
    return Number(row?.n);
  }
  return stage.redis.dbsize();
}

test('over 20,000 messages nothing grows: jobs, connections, memory', { timeout: 900_000 }, async () => {
  const started = Date.now();
  const visitors = Array.from({ length: people }, (_, n) => patient((n % 2 ? stage.two : stage.one).url, secret));
  const ask = async (times: number) =>
    Promise.all(
      visitors.map(async (visitor) => {
        for (let n = 0; n < times; n++) await visitor.ask();
      }),
    );
  await ask(5);
  await stage.moved(15_000);
  const early = await size();
  await ask(rounds - 5);
  await stage.moved(15_000);
  // What the last looks left behind is cleared by the looks themselves.
  await until(async () => (await kept()) <= early.queue + 20, 20_000);
  const late = await size();
  const [row] = await stage.query<{ n: string }>('select count(*) as n from message');
  console.log(
    `${row?.n} messages in ${((Date.now() - started) / 1000).toFixed(0)} s; early ${JSON.stringify(early)}, late ${JSON.stringify(late)}`,
  );
  expect(Number(row?.n)).toBeGreaterThan(20_000);
  expect(late.connections).toBeLessThanOrEqual(early.connections + 6);
  expect(late.heapMegabytes).toBeLessThan(early.heapMegabytes * 1.5 + 30);
  expect(visitors.flatMap((visitor) => visitor.faults())).toEqual([]);
  expect(await stage.broken()).toEqual([]);
  for (const visitor of visitors) visitor.leave();
});
