import { afterAll, beforeAll, expect, test } from 'vitest';
import { openQueues } from '../../src/delivery/queues.ts';
import { createLog } from '../../src/log.ts';
import { type PrivateRedis, startRedis } from '../setup/redis.ts';
import { until } from '../setup/until.ts';

let redis: PrivateRedis;
beforeAll(async () => {
  // Looks at who has waited long enough once a second only.
  redis = await startRedis(['--maxmemory-policy', 'noeviction', '--hz', '1', '--dynamic-hz', 'no']);
});
afterAll(() => redis.stop());

test('what is due is looked at when it is due, also by a Redis that hears nothing else', async () => {
  const queues = await openQueues({ databaseUrl: '', redisUrl: redis.url, log: createLog('silent') });
  const lateMs: number[] = [];
  let due = 0;
  let looks = 0;
  queues.work('probe', async () => {
    looks += 1;
    lateMs.push(Date.now() - due);
    if (looks % 2 === 0) return undefined;
    due = Date.now() + 150;
    return { againMs: 150 };
  });
  for (let n = 1; n <= 3; n++) {
    due = Date.now() + 150;
    await queues.wake('probe', `conversation-${n}`, 150);
    await until(() => looks === 2 * n);
  }
  // Six of them that waited for Redis' own look would be late by half a second each.
  expect(lateMs.reduce((sum, late) => sum + late)).toBeLessThan(1_000);
  await queues.close();
});
