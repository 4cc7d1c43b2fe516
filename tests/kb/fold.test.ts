import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fold, tokens } from '../../src/kb/fold.ts';
import { growth } from '../setup/growth.ts';

describe('fold', () => {
  test.each([
    ['İSTANBUL', 'istanbul'],
    ['ISPARTA ısparta', 'isparta isparta'],
    ['Hesabım donduruldu mu?', 'hesabim donduruldu mu'],
    ['Pulumu çıxara bilmirəm', 'pulumu cixara bilmirem'],
    ["IBAN'ımı TL'lik hesaba", 'iban tl hesaba'],
    ['I can’t log in, what’s wrong', 'i cant log in whats wrong'],
    ['parammm gelmediii', 'param gelmedi'],
    ['10000 TL, 500tl', '10000 tl 500 tl'],
    ['2fa', '2fa'],
    ['wagering-dən 👍🏽 qalan', 'wagering den qalan'],
    ['Картымдан пул чыхды', 'kartimdan pul cixdi'],
    ['Ҝәнҹәдә бонусум', 'gencede bonusum'],
    ['ｆｕｌｌ ｗｉｄｔｈ', 'full width'],
    ['he\u0301sap', 'hesap'],
    ['\u0000 \uD800 a', 'a'],
    ['', ''],
  ])('%j is %j', (text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  test('is idempotent and total on any string', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const once = fold(text);
        expect(fold(once)).toBe(once);
        expect(tokens(text).every((word) => word.length > 0)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  test('is idempotent on strings of UTF-16 units, lone surrogates among them', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 }), (units) => {
        const once = fold(String.fromCharCode(...units));
        expect(fold(once)).toBe(once);
      }),
      { numRuns: 3000 },
    );
  });

  test('is idempotent on letters, digits and apostrophes in any order', () => {
    const unit = fc.constantFrom(..."aışəÇİIѓшьъ'’12 3-s\u0301tm".split(''));
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 30 }), (text) => {
        expect(fold(fold(text))).toBe(fold(text));
      }),
      { numRuns: 3000 },
    );
  });

  test.each(['a', "a'", "'", 'ş', '\u0301\u0323', '1a', 'aab', ' ', '\uD800', 'İ'])('takes linear time on %j repeated', (unit) => {
    expect(growth((times) => fold(unit.repeat(times)), 50_000, 400_000)).toBeLessThan(24);
  });
});

test('a long row of digits costs a time that grows with its length; an amount is told from its currency however long it is', () => {
  expect(growth((length) => fold('4'.repeat(length)), 20_000, 80_000)).toBeLessThan(10);
  expect(fold(`${'4'.repeat(60)}tl`)).toBe(`${'4'.repeat(60)} tl`);
});
