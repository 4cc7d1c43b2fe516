import { afterEach, expect, inject, test } from 'vitest';
import { openQueues, type Queues } from '../../src/delivery/queues.ts';
import { createLog } from '../../src/log.ts';
import { newDatabase } from '../setup/app.ts';
import { type Door, openDoor } from '../setup/door.ts';
import { newRedisDatabase } from '../setup/redis.ts';
import { until } from '../setup/until.ts';

let door: Door;
let queues: Queues;
let looked: string[];

async function start(): Promise<void> {
  const redis = inject('redisUrl') as string | undefined;
  door = await openDoor(redis ? await newRedisDatabase(redis) : await newDatabase());
  queues = await openQueues({ databaseUrl: door.url, redisUrl: redis && door.url, log: createLog('silent') });
  looked = [];
}

const note = async (key: string) => void looked.push(key);

afterEach(async () => {
  await queues.close();
  await door.shut();
});

test('workers whose server was away while they asked for work look again soon after it is back', async () => {
  await start();
  queues.work('probe', note, 1);
  // Work without an end, so that the server goes away while somebody asks.
  const busy = setInterval(() => void queues.nudge('probe', 'busy').catch(() => {}), 5);
  await until(() => looked.length > 0);
  for (let time = 0; time < 3; time++) {
    await door.shut();
    await new Promise((resolve) => setTimeout(resolve, 300));
    await door.open();
    const seen = looked.length;
    await until(() => looked.length > seen + 5);
  }
  clearInterval(busy);
});

test('a queue that is first used and a worker that starts while the server is away work when it is back', async () => {
  await start();
  await door.shut();
  queues.work('probe', note);
  await expect(queues.nudge('probe', 'lost')).rejects.toThrow();
  await door.open();
  const woken = () =>
    queues.nudge('probe', 'kept').then(
      () => true,
      () => false,
    );
  await until(woken);
  await until(() => looked.includes('kept'));
});
