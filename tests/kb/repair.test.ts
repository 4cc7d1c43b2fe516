import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { editDistance } from '../../src/kb/edit-distance.ts';
import { repairer } from '../../src/kb/repair.ts';

const known = ['withdrawal', 'deposit', 'nasil', 'yollamisam', 'cixaris', 'balans', 'card', 'care', 'money', 'hesabim'];
const repair = repairer(new Map(known.map((word, at) => [word, 10 - at])));

describe('repair', () => {
  test.each([
    ['withdrawl', 'withdrawal'],
    ['widthrawal', 'withdrawal'],
    ['depsoit', 'deposit'],
    ['nsl', 'nasil'],
    ['yollamisham', 'yollamisam'],
    ['chixarish', 'cixaris'],
    ['cixariw', 'cixaris'],
    ['mony', 'money'],
    ['hesabm', 'hesabim'],
  ])('reads %s as %s', (typed, read) => {
    expect(repair(typed)).toBe(read);
  });

  test.each(['withdrawal', 'xylophone', 'board', 'ok', '12345', 'a'])('leaves %s alone', (typed) => {
    expect(repair(typed)).toBeNull();
  });

  test('distance is symmetric, and 0 for equal words only', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 's', 'k'), maxLength: 8 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        const distance = editDistance(a, b, 99);
        expect(editDistance(b, a, 99)).toBeCloseTo(distance);
        expect(distance === 0).toBe(a === b);
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
      }),
    );
  });
});

test('a word finds what it may mean among tens of thousands, whatever their lengths and first letters', () => {
  const filler = Array.from(
    { length: 20_000 },
    (_, i) => `zz${i.toString(26).replace(/\d/g, (digit) => 'qwertyuiop'[Number(digit)] as string)}`,
  );
  const repair = repairer(new Map([...filler, 'withdrawal', 'bank', 'password', 'ya', 'x'].map((word) => [word, 1])));
  expect(repair('witdhrawl')).toBe('withdrawal');
  expect(repair('bnak')).toBe('bank');
  expect(repair('apssword')).toBe('password');
  expect(repair('oassword')).toBe('password');
  expect(repair('ba')).toBeNull();
});
