import { expect, test } from 'vitest';
import type { Match } from '../../src/kb/match.ts';
import { verdict } from '../../src/kb/thresholds.ts';
import type { Knowledge, Topic } from '../../src/kb/topic.ts';

const topics = new Map<string, Pick<Topic, 'policy' | 'precedence'>>([
  ['loans/renew', { policy: 'answer' }],
  ['card/lost', { policy: 'handoff' }],
  ['help/danger', { policy: 'handoff', precedence: 'safety' }],
]);
const knowledge = { topics } as unknown as Knowledge;

/** What the search found, from the shares of topics. */
function found(shares: Record<string, number>, { none = 0, words = 4 } = {}): Match {
  const ranked = Object.entries(shares).map(([id, score]) => ({ id, score }));
  const sum = (of: (topic?: Pick<Topic, 'policy' | 'precedence'>) => boolean) =>
    ranked.reduce((total, { id, score }) => total + (of(topics.get(id)) ? score : 0), 0);
  return {
    topics: ranked.sort((a, b) => b.score - a.score),
    none,
    handoff: sum((topic) => topic?.policy === 'handoff'),
    safety: sum((topic) => topic?.precedence === 'safety'),
    foreign: false,
    why: { words: Array.from({ length: words }, (_, at) => `w${at}`) },
  } as Match;
}
const outcome = (...given: Parameters<typeof found>) => {
  const { outcome: what, topic } = verdict(found(...given), knowledge);
  return topic ? `${what} ${topic}` : what;
};

test('a matter of safety is handed over from a share of 0.45 of what some topic covers on, and below it is no alarm', () => {
  expect(outcome({ 'loans/renew': 0.55, 'help/danger': 0.45 })).toBe('handoff help/danger');
  expect(outcome({ 'loans/renew': 0.56, 'help/danger': 0.44 })).toBe('suggest');
  // The share counts, not the probability: half of the message says nothing.
  expect(outcome({ 'loans/renew': 0.27, 'help/danger': 0.23 }, { none: 0.5 })).toBe('handoff help/danger');
  expect(outcome({ 'loans/renew': 0.29, 'help/danger': 0.21 }, { none: 0.5 })).toBe('suggest');
});

test('a matter of safety that stands first is not only suggested, where the handovers together are enough', () => {
  expect(outcome({ 'help/danger': 0.4, 'loans/renew': 0.35, 'loans/extend': 0.25 })).toBe('handoff help/danger');
  expect(outcome({ 'help/danger': 0.29, 'loans/renew': 0.28, 'loans/extend': 0.22, 'loans/stop': 0.21 })).toBe('suggest');
  expect(outcome({ 'help/danger': 0.3, 'card/lost': 0.1, 'loans/renew': 0.25, 'loans/extend': 0.15 }, { none: 0.2 })).toBe(
    'handoff card/lost',
  );
});

test('another handover needs 0.25, and leads where safety is below its own threshold', () => {
  expect(outcome({ 'loans/renew': 0.75, 'card/lost': 0.25 })).toBe('handoff card/lost');
  expect(outcome({ 'loans/renew': 0.76, 'card/lost': 0.24 })).toBe('suggest');
  expect(outcome({ 'loans/renew': 0.3, 'card/lost': 0.3, 'help/danger': 0.4 })).toBe('handoff card/lost');
});

test('a word alone hands over only where it can mean nothing else, or safety', () => {
  expect(outcome({ 'loans/renew': 0.4, 'card/lost': 0.6 }, { words: 1 })).toBe('suggest');
  expect(outcome({ 'loans/renew': 0.1, 'card/lost': 0.9 }, { words: 1 })).toBe('handoff card/lost');
  expect(outcome({ 'loans/renew': 0.4, 'help/danger': 0.6 }, { words: 1 })).toBe('handoff help/danger');
});

test('an answer needs 0.84, nothing is said where no topic covers 0.6, and handed over there from 0.25 on', () => {
  expect(outcome({ 'loans/renew': 0.84 }, { none: 0.16 })).toBe('answer loans/renew');
  expect(outcome({ 'loans/renew': 0.83 }, { none: 0.17 })).toBe('suggest');
  expect(outcome({ 'loans/renew': 0.4 }, { none: 0.6 })).toBe('none');
  expect(outcome({ 'card/lost': 0.25 }, { none: 0.75 })).toBe('handoff card/lost');
  expect(outcome({ 'card/lost': 0.24 }, { none: 0.76 })).toBe('none');
});
