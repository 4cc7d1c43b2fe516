import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import path from 'node:path';
import { openWork, type Place, type Work } from './work.ts';

/** A run's parts: the first process receives; it or a second one does the rest. */
export interface Run {
  work: Work;
  onHanded(listen: (address: string, at: number) => void): void;
  onBare(listen: (id: string) => void): void;
  close(): Promise<void>;
}

/** Opens a run in one or two processes. */
export async function openRun(place: Place, processes: 1 | 2): Promise<Run> {
  const work = await openWork(place);
  await work.store.pool.query(
    'create table if not exists bare_message (id bigint generated always as identity primary key, text text); create table if not exists bare_reply (message_id bigint, text text)',
  );
  let handed: (address: string, at: number) => void = () => {};
  let bare: (id: string) => void = () => {};
  if (processes === 1) {
    work.workBare((id) => bare(id));
    await work.work((address, at) => handed(address, at));
  }
  const second =
    processes === 2
      ? fork(path.join(import.meta.dirname, 'second.ts'), { env: { ...process.env, BENCH_PLACE: JSON.stringify(place) } })
      : undefined;
  await new Promise<void>((resolve) => {
    if (!second) return resolve();
    second.on('message', (told: { ready?: true; bare?: string; address?: string; at?: number }) => {
      if (told.ready) resolve();
      else if (told.bare !== undefined) bare(told.bare);
      else handed(told.address ?? '', told.at ?? 0);
    });
  });
  return {
    work,
    onHanded: (listen) => (handed = listen),
    onBare: (listen) => (bare = listen),
    async close() {
      if (second) {
        second.send('end');
        await once(second, 'exit');
      }
      await work.close();
    },
  };
}

const questions = [
  'para çekme ne kadar sürer?',
  'how do I reset my password',
  'bonus necə aktiv edilir?',
  'how long does a withdrawal take',
  'hesabımı nasıl doğrularım',
];

function hear(work: Work, address: string, n: number): Promise<unknown> {
  return work.receive('bench', {
    event: 'message',
    address,
    message: { type: 'message', id: randomUUID(), text: questions[n % questions.length] as string },
  });
}

/** Messages at a steady pace, each of a contact who has not written for a while; milliseconds from receipt, and from the end of the quiet time, until the channel has the reply. */
export async function latency(
  { work, onHanded }: Run,
  { perSecond, seconds, quietMs }: { perSecond: number; seconds: number; quietMs: number },
): Promise<{ fromReceipt: number[]; fromQuiet: number[] }> {
  const asked = new Map<string, number>();
  const fromReceipt: number[] = [];
  onHanded((address, at) => {
    const started = asked.get(address);
    if (started === undefined) return;
    asked.delete(address);
    fromReceipt.push(at - started);
  });
  const total = perSecond * seconds;
  const started = Date.now();
  const hearing: Promise<unknown>[] = [];
  for (let n = 0; n < total; n++) {
    const due = started + (n * 1000) / perSecond;
    if (due > Date.now()) await new Promise((resolve) => setTimeout(resolve, due - Date.now()));
    const address = `latency-${n}`;
    asked.set(address, Date.now());
    hearing.push(hear(work, address, n));
  }
  await Promise.all(hearing);
  const end = Date.now() + 30_000;
  while (asked.size > 0 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
  if (asked.size > 0) throw new Error(`${asked.size} messages had no reply`);
  return { fromReceipt, fromQuiet: fromReceipt.map((ms) => ms - quietMs) };
}

/** Messages a second from receipt to reply, as fast as they go: from contacts who write for the first time, and the next message of each. */
export async function throughput(run: Run, total: number): Promise<{ first: number; next: number }> {
  const prefix = randomUUID();
  const first = await rush(run, total, prefix, 0);
  return { first, next: await rush(run, total, prefix, 1) };
}

async function rush({ work, onHanded }: Run, total: number, prefix: string, round: number): Promise<number> {
  let left = total;
  const seen = new Set<string>();
  const done = new Promise<void>((resolve) =>
    onHanded((address) => {
      if (!address.startsWith(prefix) || seen.has(address)) return;
      seen.add(address);
      if (--left === 0) resolve();
    }),
  );
  const started = performance.now();
  await inParallel(total, (n) => hear(work, `${prefix}-${n}`, n + round));
  await done;
  const perSecond = (total / (performance.now() - started)) * 1000;
  // What is still noted of these replies must not slow the next messages.
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  return perSecond;
}

/** The bare loop: insert, enqueue, process, insert, on the same servers, the same queue, as many at once. */
export async function bareThroughput({ work, onBare }: Run, total: number): Promise<number> {
  let left = total;
  const done = new Promise<void>((resolve) => onBare(() => void (--left === 0 && resolve())));
  const started = performance.now();
  await inParallel(total, async (n) => {
    const { rows } = await work.store.pool.query('insert into bare_message (text) values ($1) returning id', [
      questions[n % questions.length],
    ]);
    await work.queues.nudge('bare', rows[0].id);
  });
  await done;
  return (total / (performance.now() - started)) * 1000;
}

async function inParallel(total: number, each: (n: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: 16 }, async () => {
      while (next < total) await each(next++);
    }),
  );
}
