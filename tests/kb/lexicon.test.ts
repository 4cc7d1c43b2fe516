import { describe, expect, test } from 'vitest';
import { tokens } from '../../src/kb/fold.ts';
import { conceptFinder } from '../../src/kb/lexicon.ts';

const find = conceptFinder([
  { concept: 'withdraw', words: { tr: ['çek*'], en: ['withdraw*'] } },
  { concept: 'cash-out', words: { en: ['cash out'], az: ['kesaut*'] } },
  { concept: 'money', words: { en: ['cash', 'money'], az: ['pul*'] } },
]);
const concepts = (text: string) => find(tokens(text));

describe('lexicon', () => {
  test('finds words in any language, by their beginning where it says so', () => {
    expect(concepts('çekimim nerede')).toEqual([0]);
    expect(concepts('Pulumu withdraw edin')).toEqual([2, 0]);
    expect(concepts('cashier')).toEqual([]);
  });

  test('several words in a row win over one of them', () => {
    expect(concepts('cash out nedir')).toEqual([1]);
    expect(concepts('cash in')).toEqual([2]);
  });
});
