import { Redis } from 'ioredis';
import { expect, test } from 'vitest';
import { checkRedis } from '../../src/delivery/check-redis.ts';
import { startRedis } from '../setup/redis.ts';

test('a Redis that may evict is refused; one that keeps CONFIG to itself, as rented ones do, is not', async () => {
  const redis = await startRedis(['--maxmemory-policy', 'noeviction', '--rename-command', 'CONFIG', '']);
  await expect(checkRedis(redis.url)).resolves.toContain('noeviction');
  await redis.stop();
  const evicting = await startRedis(['--maxmemory-policy', 'allkeys-lru']);
  await expect(checkRedis(evicting.url)).rejects.toThrow('set it to noeviction');
  await evicting.stop();
});

test('a password that is missing or wrong is named with the setting', async () => {
  const redis = await startRedis();
  const setter = new Redis(redis.url);
  await setter.config('SET', 'requirepass', 'right');
  await expect(checkRedis(redis.url)).rejects.toThrow('REDIS_URL');
  await expect(checkRedis(redis.url.replace('redis://', 'redis://:wrong@'))).rejects.toThrow('REDIS_URL');
  await expect(checkRedis(redis.url.replace('redis://', 'redis://:right@'))).resolves.toContain('answers');
  setter.disconnect();
  await redis.stop();
});
