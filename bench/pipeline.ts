// `npm run bench`: how fast a message walks, beside the least that the same servers could do. bench/README.md says how to read it.
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import pg from 'pg';
import { createLog } from '../src/log.ts';
import { startEmbedded } from '../src/store/embedded.ts';
import { newRedisDatabase, startRedis } from '../tests/setup/redis.ts';
import { costs } from './pipeline/history.ts';
import { bareThroughput, latency, openRun, throughput } from './pipeline/runs.ts';
import { openWork } from './pipeline/work.ts';

const quick = process.argv.includes('--quick');
const option = (name: string) => process.argv.find((each) => each.startsWith(`--${name}=`))?.slice(name.length + 3);
const only = option('only');
const backends = (['postgres', 'redis'] as const).filter((name) => (option('backend') ?? name) === name);
const processCounts = ([1, 2] as const).filter((count) => (option('processes') ?? String(count)) === String(count));
const quietMs = 300;

const dataDir = await mkdtemp(path.join(os.tmpdir(), 'destek-bench-'));
const postgres = await startEmbedded({ dataDir, log: createLog('error') });
const redis = await startRedis().catch(() => undefined);
process.env.BENCH_SECRET = randomUUID();
console.log(`${os.cpus().length} cores, load ${os.loadavg()[0]?.toFixed(1)} at the start`);
try {
  if (only !== 'history')
    for (const backend of backends)
      for (const processes of processCounts) if (redis || backend === 'postgres') await pipeline(backend, processes);
  if (only !== 'pipeline') await history();
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await redis?.stop();
  await postgres.stop();
  await rm(dataDir, { recursive: true, force: true });
}

async function pipeline(backend: 'postgres' | 'redis', processes: 1 | 2): Promise<void> {
  const place = {
    databaseUrl: await newDatabase(),
    redisUrl: backend === 'redis' && redis ? await newRedisDatabase(redis.url) : undefined,
  };
  const name = `${backend.padEnd(8)} ${processes} process${processes === 2 ? 'es' : ''}`;
  const fast = await openRun({ ...place, quietMs: 0 }, processes);
  const count = quick ? 1_000 : 3_000;
  // Node compiles what runs often: what a process does in its first second says nothing of its day.
  await throughput(fast, 500);
  await bareThroughput(fast, 500);
  const first: number[] = [];
  const next: number[] = [];
  const bare: number[] = [];
  // In turn, so that a neighbour's load falls on both.
  for (let round = 0; round < 3; round++) {
    bare.push(await bareThroughput(fast, count));
    const ours = await throughput(fast, count);
    first.push(ours.first);
    next.push(ours.next);
  }
  await fast.close();
  const share = (ours: number[]) => `${median(ours).toFixed(0)}/s (${((100 * median(ours)) / median(bare)).toFixed(0)} %)`;
  console.log(`${name}  bare loop ${median(bare).toFixed(0)}/s; next messages ${share(next)}, first messages ${share(first)}`);
  for (const perSecond of [20, 50, 100]) {
    const calm = await openRun(
      { databaseUrl: await newDatabase(), redisUrl: place.redisUrl && redis ? await newRedisDatabase(redis.url) : undefined, quietMs },
      processes,
    );
    const { fromReceipt, fromQuiet } = await latency(calm, { perSecond, seconds: quick ? 5 : 15, quietMs });
    await calm.close();
    console.log(
      `${name}  ${String(perSecond).padStart(3)}/s  from the end of the quiet time ${figures(fromQuiet)}; from receipt ${figures(fromReceipt)}`,
    );
  }
}

async function history(): Promise<void> {
  const work = await openWork({ databaseUrl: await newDatabase(), quietMs: 0 });
  const sizes = quick ? [1_000, 100_000] : [1_000, 10_000, 100_000, 1_000_000];
  for await (const cost of costs(work, sizes)) {
    const { stored, scanned, ...steps } = cost;
    const milliseconds = Object.entries(steps).map(([step, ms]) => `${step} ${ms.toFixed(2)}`);
    console.log(
      `${String(stored).padStart(9)} messages stored  ms a message: ${milliseconds.join(', ')}; rows read without an index: ${scanned.toFixed(1)}`,
    );
  }
  await work.close();
}

async function newDatabase(): Promise<string> {
  const url = new URL(postgres.url);
  const name = `bench_${randomUUID().replaceAll('-', '')}`;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  url.pathname = `/${name}`;
  return url.href;
}

function figures(all: number[]): string {
  const sorted = all.toSorted((a, b) => a - b);
  const at = (share: number) => `${Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0)} ms`;
  return `p50 ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)}`;
}

function median(all: number[]): number {
  return all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;
}
