import { describe, expect, test } from 'vitest';
import type { Guess } from '../../src/kb/classify.ts';
import type { Topic } from '../../src/kb/topic.ts';
import { twoQuestions } from '../../src/kb/two-questions.ts';

const topics = [
  { id: 'visit/hours', policy: 'answer' },
  { id: 'card/lost', policy: 'handoff' },
  { id: 'loans/fine', policy: 'answer' },
  { id: 'help/danger', policy: 'handoff', precedence: 'safety' },
] as Topic[];
const place = (id: string) => topics.findIndex((topic) => topic.id === id);

/** A guess that gives these topics their probability; the last place is "none". */
function guess(scores: Record<string, number>): Guess {
  const values = new Float32Array(topics.length + 1);
  for (const [id, score] of Object.entries(scores)) values[place(id)] = score;
  return values;
}

/** What each part is about, by a word in it. */
const parts = {
  topics,
  guess: (text: string) => {
    if (/unwell/.test(text)) return guess({ 'help/danger': 0.95 });
    if (/lost/.test(text)) return guess({ 'card/lost': 0.95 });
    if (/fine/.test(text)) return guess({ 'loans/fine': 0.95 });
    return guess({ 'visit/hours': 0.95 });
  },
};
const asked = (text: string, whole: Record<string, number>) => twoQuestions(text, guess(whole), parts).map(({ id }) => id);

describe('two questions of which one drowns the other in the whole', () => {
  const drowned = { 'visit/hours': 0.92, 'card/lost': 0.001 };

  test.each([
    'My card is lost, and when do you open on Sundays?',
    'when do you open on Sundays? my card is lost',
    'hafta sonu kaçta açılıyor bu arada my card is lost',
    'bazar günü açıqsınız bir də my card is lost',
    'card lost but first when do you open',
    'kart lost ve kaçta açılıyor orası',
  ])('%j: the one for people leads', (text) => {
    expect(asked(text, drowned)).toEqual(['card/lost', 'visit/hours']);
  });

  test('a comma alone does not part them, nor a long story', () => {
    expect(asked('my card is lost, when do you open', drowned)).toEqual([]);
    expect(asked('card lost, when do you open', { 'visit/hours': 0.5, 'card/lost': 0.4 })).toEqual([]);
    expect(asked(`My card is lost. ${'We had a lovely day by the sea. '.repeat(6)}When do you open?`, drowned)).toEqual([]);
  });

  test('two that the desk answers stay one, as do parts of one topic', () => {
    expect(asked('What is the fine here? When do you open?', { 'visit/hours': 0.92, 'loans/fine': 0.001 })).toEqual([]);
    expect(asked('When do you open? And when do you close?', drowned)).toEqual([]);
  });

  test('a matter of safety must be in the whole’s mind too, in a sentence of its own a little', () => {
    const text = 'When do you open? I feel unwell today.';
    expect(asked(text, { 'visit/hours': 0.92, 'help/danger': 0.01 })).toEqual([]);
    expect(asked(text, { 'visit/hours': 0.92, 'help/danger': 0.02 })).toEqual(['help/danger', 'visit/hours']);
    const joined = 'When do you open and I feel unwell today';
    expect(asked(joined, { 'visit/hours': 0.92, 'help/danger': 0.02 })).toEqual([]);
    expect(asked(joined, { 'visit/hours': 0.85, 'help/danger': 0.06 })).toEqual(['help/danger', 'visit/hours']);
  });
});
