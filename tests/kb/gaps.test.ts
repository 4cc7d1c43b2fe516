import { expect, test } from 'vitest';
import { findGaps } from '../../src/kb/gaps.ts';
import type { Match, Search } from '../../src/kb/search.ts';

const search: Search = {
  match: (text) => ({ topics: [{ id: 'loans/renew', score: text.includes('renew') ? 0.6 : 0.05 }] }) as Match,
  find: () => [],
};

test('likes are grouped by language, the largest group first, with the nearest topic or none', () => {
  const reply = 'Yes: on Mondays, at the desk.';
  const en = ['do you rent film projectors', 'film projectors to rent?', 'can I rent a film projector', 'renew by telephone'].map(
    (text) => ({ text, language: 'en', ...(text.includes('film') && { reply }) }),
  );
  const gaps = findGaps([...en, { text: 'film projectors rent', language: 'tr' }, { text: '👍', language: 'en' }], search);
  expect(gaps.map(({ language, messages, nearest }) => [language, messages.length, nearest])).toEqual([
    ['en', 3, null],
    ['en', 1, 'loans/renew'],
    ['tr', 1, null],
  ]);
  expect(gaps.map(({ replies }) => replies)).toEqual([[reply], [], []]);
  expect(gaps[0]?.words).toContain('film');
});
