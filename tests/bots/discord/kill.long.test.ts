import { type ChildProcess, spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { testEnv } from '../../setup/app.ts';
import { until } from '../../setup/until.ts';
import { type DiscordDouble, startDiscord } from './double.ts';

let discord: DiscordDouble;
let env: Record<string, string>;
let child: ChildProcess;
let pool: pg.Pool;

beforeEach(async () => {
  discord = await startDiscord();
  env = await testEnv({ DISCORD_BOT_TOKEN: discord.token, DISCORD_API_ROOT: discord.root });
  pool = new pg.Pool({ connectionString: env.DATABASE_URL });
  await begin();
});
afterEach(async () => {
  child.kill('SIGKILL');
  await pool.end();
  await discord.close();
  await rm(env.DATA_DIR ?? '', { recursive: true, force: true });
});

async function begin(): Promise<void> {
  const root = path.join(import.meta.dirname, '../../..');
  child = spawn(process.execPath, ['src/cli/main.ts', 'start'], {
    cwd: root,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout?.on('data', (chunk) => {
    said += chunk;
  });
  await until(() => said.includes('Destek is ready'), 60_000);
  await until(() => discord.gateway.connected(), 60_000);
}

async function killed(): Promise<void> {
  await until(() => child.exitCode !== null || child.signalCode !== null);
}

const texts = async (like: string) =>
  (await pool.query(`select text from message where author = 'contact' and text like $1 order by seq`, [like])).rows.map((row) => row.text);

test('killed while an event is on its way to the store: it comes again', async () => {
  const person = discord.person();
  discord.write(person, 'kill 0');
  await until(async () => (await texts('kill%')).length === 1);
  discord.write(person, 'kill 1');
  child.kill('SIGKILL');
  for (const n of [2, 3]) discord.write(person, `kill ${n}`);
  await killed();
  await begin();
  await until(async () => (await texts('kill%')).length === 4, 30_000);
  expect(await texts('kill%')).toEqual(['kill 0', 'kill 1', 'kill 2', 'kill 3']);
});

test('killed between what Discord accepted and what we noted of it: shown once, and all owed within 15 s of the start', async () => {
  const person = discord.person();
  const posted = discord.state.posted;
  discord.state.posted = (message) => {
    child.kill('SIGKILL');
    discord.state.posted = posted;
    posted(message);
  };
  discord.write(person, 'how long does a withdrawal take');
  await killed();
  expect(discord.said(person.direct)).toHaveLength(1);
  await begin();
  await until(() => discord.said(person.direct).some(({ content }) => /24 hours/.test(content)), 15_000);
  await until(async () => (await pool.query(`select 1 from message where author = 'bot' and delivery = 'sent'`)).rowCount === 1, 15_000);
  expect(discord.said(person.direct)).toHaveLength(1);
  expect((await pool.query(`select 1 from message where delivery in ('uncertain', 'failed')`)).rowCount).toBe(0);
});
