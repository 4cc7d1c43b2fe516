import { Redis } from 'ioredis';

/** Tries a Redis server for `destek doctor`: says that it can be relied on, or throws what is wrong. */
export async function checkRedis(url: string): Promise<string> {
  const redis = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 0, retryStrategy: () => null });
  // A failed connect says only that it is closed; the reason comes by this way.
  let cause: Error | undefined;
  redis.on('error', (error) => {
    cause ??= error;
  });
  try {
    await redis.connect().catch((error) => Promise.reject(cause ?? error));
    const [, policy] = (await redis.config('GET', 'maxmemory-policy')) as string[];
    if (policy !== 'noeviction') throw new Error(`maxmemory-policy is ${policy}: Redis may throw wake-ups away; set it to noeviction`);
    return 'answers, maxmemory-policy is noeviction';
  } finally {
    redis.disconnect();
  }
}
