import { Redis } from 'ioredis';

/** Tries a Redis server for `destek doctor`: says that it can be relied on, or throws what is wrong. */
export async function checkRedis(url: string): Promise<string> {
  const redis = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 0, retryStrategy: () => null });
  redis.on('error', () => {});
  try {
    await redis.connect();
    const [, policy] = (await redis.config('GET', 'maxmemory-policy')) as string[];
    if (policy !== 'noeviction') throw new Error(`maxmemory-policy is ${policy}: Redis may throw wake-ups away; set it to noeviction`);
    return 'answers, maxmemory-policy is noeviction';
  } finally {
    redis.disconnect();
  }
}
