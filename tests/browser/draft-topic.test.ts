import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { draftTopic } from '../../web/desk/supervise/draft-topic.ts';

test('a draft is YAML whatever people wrote, switched off, with each question once', () => {
  const messages = [
    'why: "is" it #late?',
    '- not a list',
    "{{brand}} & 'quotes' \\ back",
    'why: "is" it #late?',
    'ə ı İ 🙂\nsecond line',
    '!!js/function x',
    '  ',
  ];
  const draft = parse(
    draftTopic({
      language: 'az',
      messages,
      replies: ['{{x}} # "yes"\n - it comes: tomorrow', 'or\nso'],
      words: ['gecik', 'ödəni'],
      nearest: { id: 'money/late', title: 'Late', department: 'finance' },
    }),
  );
  expect(draft).toMatchObject({ department: 'finance', policy: 'answer', enabled: false });
  expect(draft.az.questions).toEqual([
    'why: "is" it #late?',
    '- not a list',
    "{{brand}} & 'quotes' \\ back",
    'ə ı İ 🙂 second line',
    '!!js/function x',
  ]);
  expect(draft.az.answer).toBe('{{x}} # "yes"\n - it comes: tomorrow');
});
