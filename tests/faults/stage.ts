import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Redis } from 'ioredis';
import { inject } from 'vitest';
import { invariants } from '../../src/delivery/invariants.ts';
import { handoffInvariants } from '../../src/handoff/invariants.ts';
import { createLog } from '../../src/log.ts';
import { openStore } from '../../src/store/connection.ts';
import { startEmbedded } from '../../src/store/embedded.ts';
import { testEnv } from '../setup/app.ts';
import { type DestekProcess, startProcess } from '../setup/process.ts';
import { type PrivateRedis, startRedis } from '../setup/redis.ts';
import { type Patient, patient } from './patient.ts';
import { openWire, type Wire } from './wire.ts';

/** Two whole Desteks on one database (and Redis, in that project) of their own, with visitors who never stop asking. */
export interface Stage {
  one: DestekProcess;
  two: DestekProcess;
  /** PostgreSQL as the first process sees it. */
  wire: Wire;
  redis?: Redis;
  /** Stops PostgreSQL and starts it again. */
  restartPostgres(): Promise<void>;
  /** The wall clock of the first process, moved by so many milliseconds. */
  moveClock(ms: number): Promise<void>;
  /** Milliseconds until all that is owed now has moved. */
  moved(withinMs: number): Promise<number>;
  /** What the invariants find. */
  broken(): Promise<string[]>;
  query<T extends object>(text: string): Promise<T[]>;
  end(): Promise<void>;
}

/** Opens the stage. `preloaded`: modules beside this one that the first process loads before anything else. */
export async function openStage(over: Record<string, string> = {}, preloaded: string[] = []): Promise<Stage> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'destek-stage-'));
  const clock = path.join(folder, 'clock');
  const log = createLog('error');
  let postgres = await startEmbedded({ dataDir: folder, log });
  const redis: PrivateRedis | undefined = (inject('redisUrl') as string | undefined) ? await startRedis() : undefined;
  const wire = await openWire(postgres.url);
  const env: Record<string, string> = { ...(await testEnv()), ...(redis ? { REDIS_URL: redis.url } : {}), LOG_LEVEL: 'warn', ...over };
  const one = await startProcess({
    ...env,
    DATABASE_URL: wire.url,
    NODE_OPTIONS: ['moved-clock.mjs', ...preloaded].map((each) => `--import ${path.join(import.meta.dirname, each)}`).join(' '),
    MOVED_CLOCK: clock,
  });
  const two = await startProcess({ ...env, DATABASE_URL: postgres.url });
  const store = openStore(postgres.url, log, 2);
  const query: Stage['query'] = async (text) => {
    for (let tries = 0; ; tries++) {
      try {
        return (await store.pool.query(text)).rows;
      } catch (error) {
        if (tries > 20) throw error;
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
    }
  };
  return {
    one,
    two,
    wire,
    redis: redis && new Redis(redis.url, { maxRetriesPerRequest: null }).on('error', () => {}),
    query,
    async restartPostgres() {
      await postgres.stop();
      postgres = await startEmbedded({ dataDir: folder, log });
    },
    moveClock: (ms) => writeFile(clock, String(ms)),
    async moved(withinMs) {
      const started = Date.now();
      const [{ last } = { last: '0' }] = await query<{ last: string }>('select coalesce(max(id), 0) as last from message');
      for (;;) {
        const owed = await query<{ id: string }>(
          `select m.id from message m join conversation c on c.id = m.conversation_id
           where m.id <= ${last} and (m.delivery in ('pending', 'sending') or (m.author = 'contact' and c.owner = 'bot' and m.seq > c.handled_seq))`,
        );
        if (owed.length === 0) return Date.now() - started;
        if (Date.now() - started > withinMs)
          throw new Error(`${owed.length} messages have not moved within ${withinMs} ms, ${owed[0]?.id} first`);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
    async broken() {
      const names: string[] = [];
      for (const [name, each] of Object.entries({ ...invariants, ...handoffInvariants }))
        if ((await store.db.execute(each)).rows.length > 0) names.push(name);
      return names;
    },
    async end() {
      await Promise.all([one.end(), two.end()]);
      await store.close();
      await wire.close();
      await redis?.stop();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
      await rm(env.DATA_DIR as string, { recursive: true, force: true });
    },
  };
}

/** Visitors on both processes who ask, wait for the answer, and ask again, until they are told to stop. */
export function crowd(
  stage: Stage,
  secret: string,
  size: number,
  pauseMs: number,
): { visitors: Patient[]; finish(): Promise<void>; answered(): number } {
  const visitors = Array.from({ length: size }, (_, n) => patient((n % 2 ? stage.two : stage.one).url, secret));
  let asking = true;
  let answered = 0;
  const done = visitors.map(async (visitor) => {
    await new Promise((resolve) => setTimeout(resolve, Math.random() * pauseMs));
    while (asking) {
      await visitor.ask();
      answered++;
      if (asking) await new Promise((resolve) => setTimeout(resolve, pauseMs * (0.5 + Math.random())));
    }
  });
  const all = Promise.all(done);
  all.catch(() => {});
  const finish = async () => {
    asking = false;
    await all;
  };
  return { visitors, answered: () => answered, finish };
}
