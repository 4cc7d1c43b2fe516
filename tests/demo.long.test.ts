import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { expect, test } from 'vitest';
import { until } from './setup/until.ts';

test('npm run demo: a stranger gets a desk with tickets in it; Ctrl-C leaves nothing behind', async () => {
  const folders = async () => (await readdir(os.tmpdir())).filter((name) => name.startsWith('destek-demo-'));
  const before = await folders();
  // Where it listens is read from .env, as by every other command: of the rest nothing is the demo's.
  const folder = await mkdtemp(path.join(os.tmpdir(), 'destek-start-'));
  await writeFile(path.join(folder, '.env'), 'PORT=0\nDATABASE_URL=postgres://nobody@127.0.0.1:1/none\n');
  const demo = spawn(process.execPath, [path.join(import.meta.dirname, '../scripts/demo.ts')], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: process.env.HOME },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [demo.stdout, demo.stderr]) stream?.on('data', (data) => (said += data));
  const ended = once(demo, 'exit');
  try {
    await until(() => /[1-9]\d* wait · /.test(said), 150_000);
    expect(said).toMatch(/The desk {5}http:\/\/127\.0\.0\.1:(?!3000\/)\d+\/desk/);
    demo.kill('SIGINT');
    expect(await ended).toEqual([0, null]);
    expect(await folders()).toEqual(before);
  } finally {
    demo.kill('SIGKILL');
    await rm(folder, { recursive: true });
  }
});
