import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutInto, cutText } from '../src/cut-text.ts';

test('an emoji at the cut goes as a whole', () => {
  expect(cutText('ab😀c', 3)).toBe('ab');
  expect(cutText('ab😀c', 4)).toBe('ab😀');
});

test('what is cut is a beginning of the text, as long as may be, and well formed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.nat(40), (text, most) => {
      const cut = cutText(text, most);
      expect(text.startsWith(cut)).toBe(true);
      expect(cut.isWellFormed()).toBe(true);
      expect(cut.length).toBeLessThanOrEqual(most);
      expect(cut.length).toBeGreaterThanOrEqual(Math.min(text.length, most - 1));
    }),
  );
});

test('parts are cut where one is told to, joined by what white space is left out between them', () => {
  const atSpace = (rest: string, most: number) => rest.lastIndexOf(' ', most);
  expect(cutInto('one two  three', 5, atSpace)).toEqual(['one', 'two', 'three']);
  expect(cutInto('one', 5, atSpace)).toEqual(['one']);
  expect(cutInto('', 5, atSpace)).toEqual(['']);
});
