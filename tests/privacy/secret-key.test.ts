import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLog } from '../../src/log.ts';
import { readSecretKey, requireOwnKeyFile } from '../../src/privacy/secret-key.ts';

let dataDir: string;
let file: string;
beforeEach(async () => {
  dataDir = await mkdtemp(path.join(os.tmpdir(), 'destek-secret-'));
  file = path.join(dataDir, 'secret.key');
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));
const read = () => readSecretKey(undefined, dataDir, createLog('silent'));

test('a key file that a full disk left empty is written anew, and read from then on', async () => {
  await writeFile(file, '');
  const made = await read();
  expect(made).toHaveLength(64);
  expect((await readFile(file, 'utf8')).trim()).toBe(made);
  expect(await read()).toBe(made);
});

test('a key file that others can read is named with the command that mends it; none, or an own one, is no fault', async () => {
  await requireOwnKeyFile(dataDir);
  await read();
  await requireOwnKeyFile(dataDir);
  await chmod(file, 0o640);
  await expect(requireOwnKeyFile(dataDir)).rejects.toThrow(`Run: chmod 600 ${file}`);
});
