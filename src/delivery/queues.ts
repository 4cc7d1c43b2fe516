import { createPostgresBackend, DelayedError, type Job, Queue, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Log } from '../log.ts';
import { atMost } from '../store/at-most.ts';
import { createPrompt, type Prompt } from './prompt.ts';
import { openPool, openRedis } from './queue-server.ts';
import { createWaker, soon } from './waker.ts';

/** What a look at an obligation ended with: nothing, or "look again after so many milliseconds". `stalled`: whoever looked before gave no sign of life any more. */
export type Look = (key: string, stalled?: boolean) => Promise<{ againMs: number } | undefined>;

/** The wake-ups of all pipes. A job is the obligation to look; the database is the truth, so a lost or doubled job does no harm. */
export interface Queues {
  /**
   * Makes sure that somebody looks at `key` after now (+ delay); without a delay at once, though a look was due later. Repeats before the look
   * starts are one. Never rejects: where the server does not answer it is logged, and the sweep makes it again.
   */
  wake(queue: string, key: string, delayMs?: number): Promise<void>;
  /** The same without a deduplication key, for sweeps: a key that was left behind cannot swallow it. */
  nudge(queue: string, key: string): Promise<void>;
  /** Looks at what is woken in this process. `concurrency`: looks at once, default 8. */
  work(queue: string, look: Look, concurrency?: number): void;
  /** Jobs of a queue that wait to be looked at. */
  waiting(queue: string): Promise<number>;
  /** A plain BullMQ queue on the same server, for the line of people. */
  open(queue: string): Queue;
  /** Changes a plain queue. Never rejects: where the server does not answer it is logged, and left to repairs. */
  tell(queue: string, act: (open: Queue) => Promise<unknown>): Promise<void>;
  /** Stops taking jobs, waits for those under way (6 s at most: what they leave is taken up elsewhere), closes connections. */
  close(): Promise<void>;
}

// After a kill a job's lock runs out after 8 s and the stalled check, every 4 s, makes it wait again: 12 s, below the 15 that we promise.
const lockDuration = 8_000;
const stalledInterval = 4_000;
// A worker whose server was away asks again after this; BullMQ's own 15 s would be all that we promise.
const runRetryDelay = 1_000;
// What is woken amid a look waits until its job is done. A look that is to be made again sooner than this keeps its job, as quiet times do all day: whoever
// wakes it waits no longer. For a later one its job is done, and another, which nobody wakes, has the later look.
const longMs = 5_000;
// A worker that lost its server may never end, and what stands below the queues has to stop too.
const closeMs = 6_000;
// Jobs carry ids only and are removed when done; failed looks are kept for a while so that a person can see them.
const jobOptions = {
  removeOnComplete: true,
  removeOnFail: { count: 500, age: 86_400 },
  attempts: 5,
  backoff: { type: 'exponential', delay: 500 },
};

/** BullMQ on Redis where `redisUrl` is set, else in PostgreSQL, in a schema and on one pool of its own. `installation`: keeps two Desteks on one Redis apart. */
export async function openQueues(options: { databaseUrl: string; redisUrl?: string; log: Log; installation?: string }): Promise<Queues> {
  const { databaseUrl, redisUrl, log, installation } = options;
  const prefix = installation ? `destek-${installation}` : 'destek';
  const redis = redisUrl ? await openRedis(redisUrl, log) : undefined;
  const pool = redis ? undefined : await openPool(databaseUrl, log);
  // The classes are typed for Redis; the factory decides what they really run on.
  const backend = (redis ? undefined : createPostgresBackend) as unknown as undefined;
  const connection = (redis?.wake ?? pool) as Redis;
  const working = (redis?.work ?? pool) as Redis;
  const prompt = redis && createPrompt(redis.wake);
  const queues = new Map<string, Queue>();
  const workers = new Set<Worker>();
  let closed = false;

  const open = (name: string): Queue => {
    let queue = queues.get(name);
    if (!queue) {
      queue = new Queue(name, { connection, prefix, defaultJobOptions: jobOptions, streams: { events: { maxLen: 1_000 } } }, backend);
      queue.on('error', (error) => log.warn({ queue: name, err: error.message }, 'queue'));
      queues.set(name, queue);
      unlessReady(queue, () => queues.delete(name));
    }
    return queue;
  };

  const work: Queues['work'] = (name, look, concurrency = 8) => {
    const worker = new Worker(
      name,
      (job, token) => run(job, token, look, open(name), prompt),
      { connection: working, prefix, concurrency, lockDuration, stalledInterval, runRetryDelay, maxStalledCount: 3 },
      backend,
    );
    worker.on('error', (error) => log.warn({ queue: name, err: error.message }, 'worker'));
    worker.on('failed', (job, error) =>
      log.error({ queue: name, key: job?.data.key, err: error.message, stack: error.stack }, 'look failed'),
    );
    workers.add(worker);
    unlessReady(worker, () => {
      workers.delete(worker);
      setTimeout(() => closed || work(name, look, concurrency), runRetryDelay).unref();
    });
  };

  const wakers = new Map<string, ReturnType<typeof createWaker>>();

  const end = async () => {
    await Promise.all([...workers].map((worker) => worker.close()));
    await Promise.all([...queues.values()].map((queue) => queue.close()));
    await pool?.end();
  };

  // What is told to a queue has become true in the database, and whoever made it true has done their part.
  const unlessLost = (queue: string, told: Promise<unknown>, key?: string) =>
    told.then(
      () => {},
      (error: Error) => log.warn({ queue, key, err: error.message }, 'wake-up lost'),
    );

  return {
    open,
    async wake(name, key, delayMs = 0) {
      const wake = wakers.get(name) ?? createWaker(() => open(name));
      wakers.set(name, wake);
      prompt?.after(delayMs);
      await unlessLost(name, wake({ key, delayMs }), key);
    },
    tell: (name, act) => unlessLost(name, soon(act(open(name)))),
    async nudge(name, key) {
      await soon(open(name).add('look', { key }));
    },
    async waiting(name) {
      return open(name).getWaitingCount();
    },
    work,
    async close() {
      closed = true;
      prompt?.stop();
      await atMost(closeMs, end());
      redis?.wake.disconnect();
      redis?.work.disconnect();
    },
  };
}

// BullMQ remembers for ever that its first look at the server failed: such a queue or worker is dropped, and the next is a new one.
function unlessReady(part: Queue | Worker, drop: () => void): void {
  part.waitUntilReady().catch(() => {
    drop();
    part.close().catch(() => {});
  });
}

async function run(job: Job<{ key: string }>, token: string | undefined, look: Look, queue: Queue, prompt?: Prompt): Promise<void> {
  const { key } = job.data;
  const again = await look(key, job.stalledCounter > 0);
  if (!again) return;
  prompt?.after(again.againMs);
  const id = `later ${key}`;
  if (again.againMs < longMs || job.opts.deduplication?.id === id) {
    await job.moveToDelayed(Date.now() + again.againMs, token);
    throw new DelayedError();
  }
  await soon(queue.add('look', { key }, { delay: again.againMs, deduplication: { id, reschedule: true } }));
}
