import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { rescanFiles } from '../../src/files/rescan.ts';
import { checkScanner, scanBytes } from '../../src/files/scan.ts';
import { createLog } from '../../src/log.ts';
import { type Clamd, startClamd } from './clamd.ts';
import { virusTest } from './corpus.ts';
import { type FilesUnderTest, openFiles } from './place.ts';

const origin = { channel: 'web', address: 'visitor:1' };
const nobody = 'tcp://127.0.0.1:1';
let under: FilesUnderTest;
let clamd: Clamd;
beforeAll(async () => {
  under = await openFiles();
  clamd = await startClamd();
});
afterEach(() => {
  clamd.mood = 'well';
});
afterAll(async () => {
  await clamd.stop();
  await under.end();
});

test('the scanner gets every byte, also of what does not fit into one piece', async () => {
  const bytes = Buffer.alloc(900_000, 'abc');
  expect(await scanBytes(clamd.url, bytes)).toEqual({ scan: 'clean' });
  expect(clamd.streams.at(-1)?.equals(bytes)).toBe(true);
  expect(await checkScanner(clamd.url)).toBe('ClamAV answers');
});

test('a scanner that is away, hangs up or refuses is never taken for a clean bill', async () => {
  expect(await scanBytes(nobody, virusTest)).toMatchObject({ scan: 'not-scanned', why: 'ECONNREFUSED' });
  clamd.mood = 'refusing';
  expect(await scanBytes(clamd.url, virusTest)).toMatchObject({ scan: 'not-scanned', why: expect.stringContaining('size limit') });
  clamd.mood = 'hanging-up';
  expect(await scanBytes(clamd.url, virusTest)).toMatchObject({ scan: 'not-scanned' });
  await expect(checkScanner(nobody)).rejects.toThrow();
});

test('what is infected goes into quarantine: it is named, and nobody can open it', async () => {
  const files = under.with({ clamdUrl: clamd.url });
  const [bad, good] = await files.keep(
    [
      { name: 'a.txt', bytes: virusTest },
      { name: 'b.txt', bytes: Buffer.from('fine') },
    ],
    origin,
  );
  expect(bad).toMatchObject({ refused: 'infected', scanned: 'infected' });
  expect(await files.open(bad?.file as string)).toBeUndefined();
  expect(good).toMatchObject({ scanned: 'clean' });
  expect(good?.refused).toBeUndefined();
  const { rows } = await under.store.pool.query('select state, threat from attachment where id = $1', [bad?.file]);
  expect(rows).toEqual([{ state: 'quarantined', threat: 'Win.Test.EICAR_HDB-1' }]);
});

test('what came while the scanner was away is kept, marked, and scanned when it is back', async () => {
  const files = under.with({ clamdUrl: nobody });
  const [late] = await files.keep([{ name: 'late.txt', bytes: virusTest }], origin);
  expect(late).toMatchObject({ scanned: 'not-scanned' });
  expect(late?.refused).toBeUndefined();
  const { store, place, secret } = under;
  const rescan = (clamdUrl: string) => rescanFiles({ db: store.db, place, secret, clamdUrl, log: createLog('silent') });
  expect(await rescan(nobody)).toBe(0);
  expect(await files.open(late?.file as string)).toBeDefined();
  expect(await rescan(clamd.url)).toBeGreaterThan(0);
  expect(await files.open(late?.file as string)).toBeUndefined();
});

test('a file that the scanner does not take keeps no other from being scanned, neither as it comes nor later', async () => {
  const large = { name: 'large.txt', bytes: Buffer.alloc(2_000, 'a') };
  const bad = { name: 'bad.txt', bytes: virusTest };
  const [, unseen] = await under.with({ clamdUrl: nobody }).keep([large, bad], origin);
  clamd.mood = 'refusing-large';
  const { store, place, secret } = under;
  await rescanFiles({ db: store.db, place, secret, clamdUrl: clamd.url, log: createLog('silent') });
  expect(await under.files.open(unseen?.file as string)).toBeUndefined();
  expect(await under.with({ clamdUrl: clamd.url }).keep([large, bad], origin)).toMatchObject([
    { scanned: 'not-scanned' },
    { refused: 'infected' },
  ]);
});
