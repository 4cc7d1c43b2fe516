import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openQueues } from '../../src/delivery/queues.ts';
import { createLog } from '../../src/log.ts';
import { type PrivateRedis, startRedis } from '../setup/redis.ts';
import { until } from '../setup/until.ts';

let redis: PrivateRedis;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

test('what is done leaves nothing in Redis: no job, nothing of what it was about, and only the newest of the queue’s own events', async () => {
  const queues = await openQueues({ databaseUrl: '', redisUrl: redis.url, log: createLog('silent') });
  let looks = 0;
  queues.work('probe', async () => void looks++, 32);
  for (let n = 0; n < 1_000; n += 100)
    await Promise.all(Array.from({ length: 100 }, (_, each) => queues.wake('probe', `conversation-${n + each}`)));
  await until(() => looks === 1_000);
  const admin = new Redis(redis.url);
  const left = async () => (await admin.keys('*')).filter((key) => /:probe:(\d+|de:.*|completed)$/.test(key));
  await until(async () => (await left()).length === 0);
  expect(await admin.xlen('destek:probe:events')).toBeLessThan(1_500);
  admin.disconnect();
  await queues.close();
});
