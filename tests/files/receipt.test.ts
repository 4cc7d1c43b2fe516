import { expect, test } from 'vitest';
import { receiptOf } from '../../src/files/receipt.ts';
import { loadWords } from '../../src/words.ts';

const words = loadWords();
const files = { why: (language: string, code: string) => words(language, `files:refused.${code}`) };
const say = (attachments: Parameters<typeof receiptOf>[0], language = 'en') => receiptOf(attachments, language, { words, files });
const kept = (name: string) => ({ name, type: 'application/pdf', size: 1, file: 'x' });

test('a receipt lists what is here and what is not, in words of each language', () => {
  expect(say([kept('a.pdf')])).toBe('We have received your file: a.pdf.');
  expect(say([kept('a.pdf'), kept('b.pdf')], 'tr')).toBe('2 dosyanızı aldık: a.pdf, b.pdf.');
  expect(say([kept('a.pdf'), { ...kept('b.pdf'), refused: 'empty' }], 'az')).toBe(
    'Faylınızı aldıq: a.pdf.\nb.pdf adlı faylı qəbul edə bilmədik: içi boşdur.',
  );
});

test('nothing is said of nothing, and of what only decorates', () => {
  expect(say([])).toBe('');
  expect(say([{ ...kept('logo.png'), inline: true }])).toBe('');
  expect(say([{ ...kept('sticker'), refused: 'unsupported' }])).toBe('');
});

test('a name from outside is no markup of ours', () => {
  expect(say([kept('[click](https://attacker.example) **me**.pdf')])).toBe(
    'We have received your file: \\[click\\]\\(https://attacker.example\\) \\*\\*me\\*\\*.pdf.',
  );
});
