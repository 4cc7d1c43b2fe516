import { describe, expect, test } from 'vitest';
import { tokens } from '../../src/kb/fold.ts';
import { conceptFinder } from '../../src/kb/lexicon.ts';

const find = conceptFinder([
  { concept: 'withdraw', words: { tr: ['çek*'], en: ['withdraw*'] } },
  { concept: 'cash-out', words: { en: ['cash out'], az: ['kesaut*'] } },
  { concept: 'young', words: { en: ['5..17 year*', 'im 5..17'], tr: ['5..17 yaş*'] } },
  { concept: 'money', words: { en: ['cash', 'money'], az: ['pul*'] } },
]);
const concepts = (text: string) => find(tokens(text));

describe('lexicon', () => {
  test('finds words in any language, by their beginning where it says so', () => {
    expect(concepts('çekimim nerede')).toEqual([0]);
    expect(concepts('Pulumu withdraw edin')).toEqual([3, 0]);
    expect(concepts('cashier')).toEqual([]);
  });

  test('a whole number counts within its bounds, before the words that follow it', () => {
    expect(concepts('she is 17 years old')).toEqual([2]);
    expect(concepts('she is 18 years old')).toEqual([]);
    expect(concepts('4 yaşında')).toEqual([]);
    expect(concepts("I'm 15 and 150 yaş")).toEqual([2]);
    expect(concepts('12 euros')).toEqual([]);
  });

  test('several words in a row win over one of them', () => {
    expect(concepts('cash out nedir')).toEqual([1]);
    expect(concepts('cash in')).toEqual([3]);
  });
});
