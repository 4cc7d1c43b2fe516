import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { testEnv } from '../setup/app.ts';
import { type DestekProcess, startProcess } from '../setup/process.ts';
import { until } from '../setup/until.ts';
import { type Visitor, visit } from '../setup/visitor.ts';
import { type Patient, patient } from './patient.ts';

const word = 'zzpoisonzz';
let server: DestekProcess;
let env: Record<string, string>;
let pool: pg.Pool;
let deaths: number;
let supervising: boolean;
let supervisor: Promise<void>;
beforeEach(async () => {
  env = await testEnv();
  pool = new pg.Pool({ connectionString: env.DATABASE_URL, max: 2 });
  server = await startProcess({ ...env, POISON: word, NODE_OPTIONS: `--import ${path.join(import.meta.dirname, 'poison.mjs')}` });
  [deaths, supervising] = [0, true];
  supervisor = superviseAll();
});
afterEach(async () => {
  supervising = false;
  await supervisor;
  await server.end();
  await pool.end();
  await rm(env.DATA_DIR as string, { recursive: true, force: true });
});

/** As systemd does: what has died is started again. */
async function superviseAll(): Promise<void> {
  while (supervising) {
    if (!isAlive(server.pid())) {
      deaths++;
      await server.start().catch(() => undefined);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
const query = async <T extends object>(text: string): Promise<T[]> => (await pool.query(text)).rows;
const unread = () => query<{ department: string; urgency: string }>("select department, urgency from ticket where reason = 'unread'");

test('a message that kills whoever reads it goes to people unread after the second death; everybody else is answered', {
  timeout: 120_000,
}, async () => {
  const others: Patient[] = Array.from({ length: 20 }, () => patient(server.url, env.SECRET_KEY as string));
  for (const other of others) await other.ask();
  const guilty: Visitor = await visit(server.url, { language: 'en' });
  let asking = true;
  const busy = others.map(async (other) => {
    while (asking) await other.ask();
  });
  await guilty.send(`hello ${word}`, { id: randomUUID() }).catch(() => undefined);
  expect(await until(async () => (await unread())[0], 60_000)).toEqual({ department: 'support', urgency: 'high' });
  expect((await guilty.said(0)).text).toMatch(/could not read your message[\s\S]*ticket number/);
  expect(deaths).toBe(2);
  expect(await (await fetch(`${server.url}/metrics`)).text()).toContain('destek_turns_unread_total 1');
  asking = false;
  await Promise.all(busy);
  for (const other of others) {
    await other.ask();
    expect(other.faults()).toEqual([]);
    other.leave();
  }
  expect(await unread()).toHaveLength(1);
  expect(deaths).toBe(2);
  guilty.close();
});

test('two kills amid many turns condemn nobody but, at most, the one who was looked at alone', { timeout: 120_000 }, async () => {
  const all: Patient[] = Array.from({ length: 100 }, () => patient(server.url, env.SECRET_KEY as string));
  const first = Promise.allSettled(all.map((each) => each.ask()));
  await until(async () => (await query('select 1 from conversation where waiting_since is not null')).length > 20);
  await server.kill();
  await until(async () => (await query('select 1 from conversation where doubted')).length > 0, 60_000);
  await server.kill();
  const answered = () => query("select 1 from event where kind = 'turn' and data ->> 'decision' = 'answer'");
  // Some say again what a kill did not let through.
  await until(async () => (await answered()).length + (await unread()).length >= all.length, 60_000);
  const condemned = await unread();
  expect(condemned.length).toBeLessThanOrEqual(1);
  expect(await answered()).toHaveLength(all.length - condemned.length);
  expect(await query("select 1 from conversation where owner = 'bot' and waiting_since is not null")).toEqual([]);
  expect(deaths).toBe(2);
  for (const each of all) each.leave();
  await Promise.race([first, new Promise((resolve) => setTimeout(resolve, 1_000))]);
});
