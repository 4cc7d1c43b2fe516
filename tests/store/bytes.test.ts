import { randomUUID } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BytesPlace } from '../../src/store/bytes.ts';
import { bytesInFolder } from '../../src/store/bytes-folder.ts';
import { bytesInS3 } from '../../src/store/bytes-s3.ts';
import { type Bucket, startBucket } from './s3.ts';

const folder = path.join(os.tmpdir(), `destek-bytes-${randomUUID()}`);
let bucket: Bucket;
beforeAll(async () => {
  bucket = await startBucket();
});
afterAll(async () => {
  await bucket.stop();
  await rm(folder, { recursive: true, force: true });
});

describe.each([
  ['a folder', () => bytesInFolder(folder)],
  ['a bucket', () => bytesInS3(bucket.settings)],
])('%s', (_, open: () => BytesPlace) => {
  test('gives back what was written, and the newest of it', async () => {
    const place = open();
    const id = randomUUID();
    await place.write(id, Buffer.from('first'));
    await place.write(id, Buffer.alloc(700_000, 'second'));
    expect((await place.read(id))?.equals(Buffer.alloc(700_000, 'second'))).toBe(true);
  });

  test('what is removed is gone, and may be removed again', async () => {
    const place = open();
    const id = randomUUID();
    await place.write(`${id}.preview`, Buffer.from('x'));
    await place.remove(`${id}.preview`);
    await place.remove(`${id}.preview`);
    expect(await place.read(`${id}.preview`)).toBeUndefined();
    expect(await place.read(id)).toBeUndefined();
  });

  test('says that it works', async () => {
    expect(await open().check()).toMatch(/^files lie sealed in/);
  });
});

test('a folder has no room for names with a way out of it', async () => {
  const place = bytesInFolder(folder);
  for (const id of ['../../etc/passwd', 'a/b', '..', '', 'x'.repeat(65)]) await expect(place.read(id)).rejects.toThrow('not the id');
});

test('only its owner can read a folder of files', async () => {
  await bytesInFolder(folder).write(randomUUID(), Buffer.from('x'));
  for (const dir of await readdir(folder)) expect((await stat(path.join(folder, dir))).mode & 0o077).toBe(0);
});

test('a folder that cannot be used says so, with what to do', async () => {
  await bytesInFolder(folder).write('plain-file', Buffer.from('x'));
  const inTheWay = bytesInFolder(path.join(folder, 'pl', 'plain-file'));
  await expect(inTheWay.write(randomUUID(), Buffer.from('x'))).rejects.toMatchObject({
    code: 'store.unavailable',
    remedy: expect.stringContaining('Make room'),
  });
});

test('a bucket that is busy is asked again', async () => {
  const id = randomUUID();
  bucket.busy = 2;
  await bytesInS3(bucket.settings).write(id, Buffer.from('x'));
  expect(bucket.objects.get(`/destek-files/one/${id}`)?.toString()).toBe('x');
});

test('a bucket that refuses says why, and never the keys', async () => {
  const place = bytesInS3({ ...bucket.settings, secretAccessKey: 'not the secret' });
  const error: Error = await place.write(randomUUID(), Buffer.from('x')).then(
    () => new Error('was taken'),
    (each) => each,
  );
  expect(error.message).toMatch(/403 SignatureDoesNotMatch.*Check S3_ENDPOINT/);
  expect(error.message).not.toContain('secret');
  await expect(bytesInS3({ ...bucket.settings, endpoint: 'http://127.0.0.1:1' }).read(randomUUID())).rejects.toMatchObject({
    code: 'store.unavailable',
  });
});
