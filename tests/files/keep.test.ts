import { randomUUID } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFiles, type Files } from '../../src/files/files.ts';
import { createLog } from '../../src/log.ts';
import { bytesInFolder } from '../../src/store/bytes-folder.ts';
import { openStore, type Store } from '../../src/store/connection.ts';
import { migrate } from '../../src/store/migrate.ts';
import { loadWords } from '../../src/words.ts';
import { newDatabase } from '../setup/app.ts';

let store: Store;
let files: Files;
const folder = path.join(os.tmpdir(), `destek-files-${randomUUID()}`);
const origin = { channel: 'web', address: 'visitor:1' };
const rules = { accept: ['pdf', 'jpg', 'png', 'txt'], maxMb: 1, count: 3 };

beforeAll(async () => {
  const log = createLog('silent');
  store = openStore(await newDatabase(), log, 4);
  await migrate(store);
  files = createFiles({
    db: store.db,
    place: bytesInFolder(folder),
    secret: 'a secret key for tests, nothing else at all',
    log,
    words: loadWords(),
    rules: () => rules,
  });
});
afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

test('a file is kept sealed and comes back byte by byte', async () => {
  const bytes = Buffer.from('IBAN list\nof nobody\n');
  const [kept] = await files.keep([{ name: 'list.txt', bytes }], origin);
  expect(kept).toMatchObject({ name: 'list.txt', type: 'text/plain', size: bytes.length, scanned: 'not-scanned' });
  expect(kept?.refused).toBeUndefined();
  const id = kept?.file as string;
  expect((await files.open(id))?.bytes.equals(bytes)).toBe(true);
  const [dir] = await readdir(folder);
  const onDisk = await readFile(path.join(folder, dir as string, id));
  expect(onDisk.includes('IBAN')).toBe(false);
});

test('bytes that flow in are taken, and no more of them than the limit', async () => {
  let given = 0;
  async function* endless() {
    for (;;) {
      given += 64 * 1024;
      yield new Uint8Array(64 * 1024);
    }
  }
  const [kept] = await files.keep([{ name: 'endless.txt', bytes: endless() }], origin);
  expect(kept?.refused).toBe('too-large');
  expect(given).toBeLessThanOrEqual(1024 * 1024 + 64 * 1024);
});

test('what says that it is too large, and more files than a message may have, are listed and never fetched', async () => {
  let fetched = 0;
  const file = (name: string, size?: number) => ({
    name,
    size,
    bytes: async () => {
      fetched++;
      return Buffer.from('text');
    },
  });
  const kept = await files.keep([file('1.txt', 2_000_000), file('2.txt'), file('3.txt'), file('4.txt')], origin);
  expect(kept.map(({ refused }) => refused)).toEqual(['too-large', undefined, undefined, 'too-many']);
  expect(fetched).toBe(2);
});

test('files are found again only where they arrived', async () => {
  const [kept] = await files.keep([{ name: 'a.txt', bytes: Buffer.from('a') }], origin);
  const web = files.of('web');
  expect(await web.find([kept?.file as string, 'something else'], { address: 'visitor:1' })).toEqual([kept]);
  expect(await web.find([kept?.file as string], { address: 'visitor:2' })).toEqual([]);
  expect(await files.of('email').find([kept?.file as string], { address: 'visitor:1' })).toEqual([]);
});
