import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeDataDir } from '../../src/store/data-dir.ts';

const place = await mkdtemp(path.join(os.tmpdir(), 'destek-data-'));
afterAll(() => rm(place, { recursive: true }));

test('the data folder is made with the folders above it, by several processes at once, and nobody else may look in', async () => {
  const dir = path.join(place, 'a', 'b', 'c');
  await Promise.all([makeDataDir(dir), makeDataDir(dir), makeDataDir(dir)]);
  expect((await stat(dir)).mode & 0o777).toBe(0o700);
  // It is there now.
  await makeDataDir(dir);
});

test('a file in the way is named', async () => {
  const file = path.join(place, 'file');
  await writeFile(file, '', { mode: 0o700 });
  for (const dir of [file, path.join(file, 'data')])
    await expect(makeDataDir(dir)).rejects.toThrow(`The data folder ${dir} cannot be written: there is a file of that name`);
});

test.runIf(process.platform === 'linux')('where the system makes no folders it is said, not tried without an end', async () => {
  for (const dir of ['/proc/destek', '/proc/destek/data'])
    await expect(makeDataDir(dir)).rejects.toThrow(`The data folder ${dir} cannot be written: no folder can be made there (ENOENT).`);
});
