import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Fault } from '../../src/errors.ts';
import type { Files } from '../../src/files/files.ts';
import { forgetFiles } from '../../src/files/forget.ts';
import { type FilesUnderTest, openFiles } from './place.ts';

const origin = { channel: 'web', address: 'visitor:1' };
let under: FilesUnderTest;
let files: Files;
beforeAll(async () => {
  under = await openFiles();
  files = under.files;
});
afterAll(() => under.end());

test('a file is kept sealed and comes back byte by byte', async () => {
  const bytes = Buffer.from('IBAN list\nof nobody\n');
  const [kept] = await files.keep([{ name: 'list.txt', bytes }], origin);
  expect(kept).toMatchObject({ name: 'list.txt', type: 'text/plain', size: bytes.length, scanned: 'not-scanned' });
  expect(kept?.refused).toBeUndefined();
  const id = kept?.file as string;
  expect((await files.open(id))?.bytes.equals(bytes)).toBe(true);
  const [dir] = await readdir(under.folder);
  const onDisk = await readFile(path.join(under.folder, dir as string, id));
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

test('why a file is refused is said in words of the language, with what may be sent', () => {
  expect(files.why('en', 'type')).toBe('we cannot take files of this kind; please send PDF, JPG, PNG, TXT');
  expect(files.why('tr', 'too-large')).toBe('boyutu 1 MB sınırını aşıyor');
  expect(files.why('az', 'too-many')).toBe('bir mesaja ən çoxu 3 fayl əlavə etmək olar');
});

test('a name that holds personal data is masked', async () => {
  const [kept] = await files.keep([{ name: 'card 4242 4242 4242 4242.txt', bytes: Buffer.from('a') }], origin);
  expect(kept?.name).not.toContain('4242 4242 4242');
});

test('a link to a file works for that file, for a day, and cannot be made by others', () => {
  const id = '6b0c4a5e-0000-4000-8000-000000000000';
  const { searchParams, pathname } = new URL(files.link(id), 'http://x');
  const signed = { until: Number(searchParams.get('until')), key: searchParams.get('key') ?? '' };
  expect(pathname).toBe(`/files/${id}`);
  expect(files.isLink(id, signed)).toBe(true);
  expect(files.isLink(id.replace('6', '7'), signed)).toBe(false);
  expect(files.isLink(id, { ...signed, until: signed.until + 1 })).toBe(false);
  expect(under.with({ secret: 'another secret key for tests, nothing else' }).isLink(id, signed)).toBe(false);
  expect(files.isLink(id, { until: 1, key: signed.key })).toBe(false);
});

test('while the place is away nothing counts as kept, and what was begun goes like all that no message names', async () => {
  const away = new Fault('store.unavailable', 'no bucket');
  const { place, store } = under;
  const broken = under.with({ place: { ...place, write: () => Promise.reject(away) } });
  await expect(broken.keep([{ name: 'late.txt', bytes: Buffer.from('a') }], origin)).rejects.toBe(away);
  const { rows } = await store.pool.query(
    `update attachment set created_at = now() - interval '2 days' where state = 'arriving' returning id`,
  );
  expect(rows).toHaveLength(1);
  expect(await files.of('web').find([rows[0].id], { address: 'visitor:1' })).toEqual([]);
  expect(await files.open(rows[0].id)).toBeUndefined();
  expect(await forgetFiles({ db: store.db, place, identityDays: 90, originalDays: 365 })).toBe(1);
});

test('what fetching throws comes out as it is, so that a channel may try again', async () => {
  const hiccup = new Error('ECONNRESET');
  await expect(files.keep([{ name: 'a.txt', bytes: () => Promise.reject(hiccup) }], origin)).rejects.toBe(hiccup);
  const [gone] = await files.keep([{ name: 'a.txt', bytes: undefined }], origin);
  expect(gone).toMatchObject({ name: 'a.txt', refused: 'unavailable' });
});
