import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judge } from '../../src/files/judge.ts';
import { kinds } from '../../src/files/kinds.ts';
import { endingOf, safeName } from '../../src/files/name.ts';
import { harmlessFiles, hostileFiles } from './corpus.ts';

const hostileNames = fc
  .array(
    fc.constantFrom('..', '/', '\\', '.', ' ', 'exe', 'pdf', 'a', 'ə', '\0', '\u202e', '\u200f', 'con', '😀', ':', '\r\n', '"', '%00'),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''));
const all = kinds.map(({ id }) => id);
const hostile = await hostileFiles();
const harmless = await harmlessFiles();

test.each(hostile)('$what ($name) is refused as $refused', async ({ name, bytes, refused }) => {
  expect((await judge({ name, bytes }, all)).refused).toBe(refused);
});

test.each(harmless)('$what ($name) is kept', async ({ name, bytes, type }) => {
  const verdict = await judge({ name, bytes }, all);
  expect(verdict.refused).toBeUndefined();
  if (type) expect(verdict.type).toBe(type);
});

test('a kind that the desk does not take is refused, whatever it is called', async () => {
  const [pdf] = harmless;
  expect(await judge({ name: 'a.pdf', bytes: pdf?.bytes as Buffer }, ['jpg'])).toMatchObject({ refused: 'type', type: 'application/pdf' });
});

test('a kept file ends as its kind does', async () => {
  const jpg = harmless.find(({ name }) => name === 'photo')?.bytes as Buffer;
  const name = async (given: string) => (await judge({ name: given, bytes: jpg }, all)).name;
  expect(await name('photo')).toBe('photo.jpg');
  expect(await name('photo.png')).toBe('photo.jpg');
  expect(await name('photo.JPEG')).toBe('photo.JPEG');
  expect(await name('v1.2 final')).toBe('v1.2 final.jpg');
  expect(await name('C:\\Users\\a\\kimlik.jpg')).toBe('kimlik.jpg');
  expect(await name('...')).toBe('file.jpg');
});

test('whatever a name is, what is kept of it is one safe name', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme', maxLength: 300 }), hostileNames), (name) => {
      const safe = safeName(name);
      expect(safe.length).toBeLessThanOrEqual(124);
      expect(safe.isWellFormed()).toBe(true);
      expect(safe).not.toMatch(/[/\\:<>"|?*\p{Cc}\p{Cf}]|^\.|\.$|^\s|\s$/u);
      expect(safeName(safe)).toBe(safe);
    }),
    { numRuns: 2_000 },
  );
});

test('names lose paths and what could deceive', () => {
  expect(safeName('../../etc/passwd')).toBe('passwd');
  expect(safeName('C:\\Windows\\evil.exe')).toBe('evil.exe');
  expect(safeName('report\u202Efdp.exe\0.pdf')).toBe('reportfdp.exe.pdf');
  expect(safeName('...hidden')).toBe('hidden');
  expect(safeName('a"\r\nX: y.pdf')).toBe('aX y.pdf');
  expect(safeName('con.pdf')).toBe('_con.pdf');
});

test('a long name keeps its ending', () => {
  expect(endingOf(safeName(`${'ə'.repeat(400)}.pdf`))).toBe('pdf');
});

test('bytes at random are refused or kept as text, and nothing throws', async () => {
  const heads = [...hostile, ...harmless].map(({ bytes }) => bytes.subarray(0, 40));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 3_000 }), hostileNames, async (head, tail, name) => {
      const verdict = await judge({ name, bytes: Buffer.concat([head, tail]) }, all);
      expect(typeof verdict.name).toBe('string');
    }),
    { numRuns: 400 },
  );
});
