import { Redis } from 'ioredis';
import { evictionPolicy } from './queue-server.ts';

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
    const policy = await evictionPolicy(redis);
    if (policy && policy !== 'noeviction')
      throw new Error(`maxmemory-policy is ${policy}: Redis may throw wake-ups away; set it to noeviction`);
    return policy ? 'answers, maxmemory-policy is noeviction' : 'answers, and does not say its maxmemory-policy';
  } catch (error) {
    if (!/^(NOAUTH|WRONGPASS|NOPERM)/.test((error as Error).message)) throw error;
    throw new Error(`does not let us in: check name and password in REDIS_URL (${(error as Error).message.split(' ')[0]})`, {
      cause: error,
    });
  } finally {
    redis.disconnect();
  }
}
