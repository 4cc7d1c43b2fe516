import { runMigrations } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import type { Log } from '../log.ts';
import { idleInTransactionMs, surviveLoss } from '../store/connection.ts';

/** Two connections: workers wait for ever for a server that is away, whoever wakes gives up after 3 s. Says in the log where the server may lose wake-ups. */
export async function openRedis(url: string, log: Log): Promise<{ wake: Redis; work: Redis }> {
  const wake = new Redis(url, { maxRetriesPerRequest: 1, commandTimeout: 3_000 });
  const work = new Redis(url, { maxRetriesPerRequest: null });
  for (const each of [wake, work]) each.on('error', (error) => log.warn({ err: error.message }, 'redis connection'));
  const policy = await evictionPolicy(wake).catch((error: Error) => log.warn({ err: error.message }, 'redis does not answer yet'));
  if (policy && policy !== 'noeviction')
    log.warn({ policy }, 'Redis may throw wake-ups away when its memory is full: set its maxmemory-policy to noeviction');
  return { wake, work };
}

/** What a server throws away when its memory is full; undefined where it does not say. By INFO: rented servers keep CONFIG to themselves. */
export async function evictionPolicy(redis: Redis): Promise<string | undefined> {
  return /^maxmemory_policy:(\S+)/m.exec(await redis.info('memory'))?.[1];
}

/** BullMQ's own pool on PostgreSQL, its tables brought up to date: its names are found by the search path, and each worker keeps one connection to listen. */
export async function openPool(databaseUrl: string, log: Log): Promise<pg.Pool> {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: 16,
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
    idle_in_transaction_session_timeout: idleInTransactionMs,
    options: '-c search_path=bullmq',
    application_name: 'destek-queues',
  });
  surviveLoss(pool, (error) => log.warn({ err: error.message }, 'queue connection lost'));
  // Every queue and worker listens for errors on the one pool.
  pool.setMaxListeners(100);
  const client = await pool.connect();
  try {
    await runMigrations(client as unknown as Parameters<typeof runMigrations>[0]);
  } finally {
    client.release();
  }
  return pool;
}
