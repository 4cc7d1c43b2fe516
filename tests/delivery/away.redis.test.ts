import { createServer } from 'node:net';
import { Redis } from 'ioredis';
import { expect, test, vi } from 'vitest';
import { openQueues } from '../../src/delivery/queues.ts';
import type { Log } from '../../src/log.ts';
import { startRedis } from '../setup/redis.ts';
import { until } from '../setup/until.ts';

const listen = () => {
  const warnings: string[] = [];
  const log: Log = {
    debug: vi.fn(),
    info: vi.fn(),
    error: vi.fn(),
    warn: (...given: unknown[]) => void warnings.push(JSON.stringify(given)),
  };
  return { log, warnings };
};

test('a Redis that may evict is named in the log, one that may not is not', async () => {
  for (const [policy, said] of [
    ['allkeys-lru', true],
    ['noeviction', false],
  ] as const) {
    const redis = await startRedis(['--maxmemory-policy', policy]);
    const { log, warnings } = listen();
    const queues = await openQueues({ databaseUrl: '', redisUrl: redis.url, log });
    expect(warnings.some((each) => each.includes('noeviction'))).toBe(said);
    await queues.close();
    await redis.stop();
  }
});

test('while Redis is away a wake-up is given up soon instead of waiting for ever, refuses nobody, and is in the log', async () => {
  // Accepts and never answers: worse than a refused connection.
  const dead = createServer(() => {}).listen(0, '127.0.0.1');
  await until(() => dead.listening);
  const { port } = dead.address() as { port: number };
  const { log, warnings } = listen();
  const started = Date.now();
  const queues = await openQueues({ databaseUrl: '', redisUrl: `redis://127.0.0.1:${port}`, log });
  await Promise.all([queues.wake('turns', '1'), queues.tell('line-support', (line) => line.add('ticket', {}))]);
  expect(warnings.filter((each) => each.includes('wake-up lost'))).toHaveLength(2);
  expect(Date.now() - started).toBeLessThan(15_000);
  dead.close();
});

test('wiped while a look runs and others wait, Redis takes new wake-ups and looks at them', async () => {
  const redis = await startRedis();
  const { log } = listen();
  const queues = await openQueues({ databaseUrl: '', redisUrl: redis.url, log });
  const looked: string[] = [];
  const release = Promise.withResolvers<void>();
  queues.work(
    'probe',
    async (key) => {
      looked.push(key);
      if (key === 'first') await release.promise;
    },
    1,
  );
  await queues.wake('probe', 'first');
  await until(() => looked.length === 1);
  await queues.wake('probe', 'lost');
  const admin = new Redis(redis.url);
  await admin.flushall();
  release.resolve();
  await queues.wake('probe', 'first');
  await queues.nudge('probe', 'second');
  await until(() => looked.includes('second') && looked.filter((key) => key === 'first').length === 2, 15_000);
  admin.disconnect();
  await queues.close();
  await redis.stop();
});

test('two installations on one Redis do not take each other’s wake-ups', async () => {
  const redis = await startRedis();
  const { log } = listen();
  const open = (installation: string) => openQueues({ databaseUrl: '', redisUrl: redis.url, log, installation });
  const [ours, theirs] = await Promise.all([open('ours'), open('theirs')]);
  const looked: string[] = [];
  ours.work('probe', async (key) => void looked.push(`ours ${key}`));
  theirs.work('probe', async (key) => void looked.push(`theirs ${key}`));
  for (let n = 0; n < 5; n++) await ours.wake('probe', String(n));
  await theirs.wake('probe', '1');
  await until(() => looked.length === 6);
  expect(looked.toSorted()).toEqual(['ours 0', 'ours 1', 'ours 2', 'ours 3', 'ours 4', 'theirs 1']);
  await Promise.all([ours.close(), theirs.close()]);
  await redis.stop();
});
