import fc from 'fast-check';
import { expect, test } from 'vitest';
import { storable } from '../../src/server/storable.ts';

test('what no text of the database takes is shown as missing, in texts and in names, however deep', () => {
  expect(storable({ a: ['x\0y', { 'k\ud800': '\udc00' }], n: 1, none: null })).toEqual({
    a: ['x\ufffdy', { 'k\ufffd': '\ufffd' }],
    n: 1,
    none: null,
  });
});

test('whatever else JSON can say stays as it is', () => {
  const kept = fc.jsonValue().filter((value) => !/\\u0000|\\ud[89a-f]/i.test(JSON.stringify(value)));
  fc.assert(
    fc.property(kept, (value) => {
      expect(storable(value)).toEqual(value);
    }),
  );
});

test('bytes are not looked into, and what is nested without end does not bring us down', () => {
  const bytes = Buffer.from('a\0b');
  expect(storable(bytes)).toBe(bytes);
  const deep = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000));
  expect(storable(deep)).toHaveLength(1);
});
