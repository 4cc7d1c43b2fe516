import fc from 'fast-check';
import type { MessageEntity } from 'telegraf/types';
import { expect, test } from 'vitest';
import { format } from '../../../src/bots/telegram/format.ts';

const shown = (markdown: string) => {
  const { text, entities } = format(markdown);
  return {
    text,
    parts: entities.map((entity) => [
      entity.type,
      text.slice(entity.offset, entity.offset + entity.length),
      ...('url' in entity ? [entity.url] : []),
    ]),
  };
};

test('emphasis and links are entities, counted in UTF-16 units', () => {
  expect(shown('👩‍👩‍👧 **Çəkim** *24 saat*, [qaydalar](https://demobet.example/az) 😀')).toEqual({
    text: '👩‍👩‍👧 Çəkim 24 saat, qaydalar 😀',
    parts: [
      ['bold', 'Çəkim'],
      ['italic', '24 saat'],
      ['text_link', 'qaydalar', 'https://demobet.example/az'],
    ],
  });
});

test('lists, with emphasis in lines that are moved in', () => {
  expect(shown('Do this:\n\n1. Open **Wallet**\n2. Choose:\n   - card\n   - **bank**\n\nDone.')).toEqual({
    text: 'Do this:\n\n1. Open Wallet\n2. Choose:\n   • card\n   • bank\n\nDone.',
    parts: [
      ['bold', 'Wallet'],
      ['bold', 'bank'],
    ],
  });
});

test('addresses that Telegram finds or cannot link stay text', () => {
  expect(shown('https://demobet.example and [write](mailto:help@demobet.example), [call](tel:+905551112233)')).toEqual({
    text: 'https://demobet.example and write (help@demobet.example), call (+905551112233)',
    parts: [],
  });
});

test('what looks like markup of Telegram is text', () => {
  const text = '<b>x</b> _a_b `c` ||d|| [e](javascript:alert(1)) \\* 1 < 2 & 3';
  expect(format(text).text).toContain('<b>x</b>');
  expect(format(text).text).toContain('[e](javascript:alert(1))');
});

test('any text: entities lie within it, are not empty, and it is never too long', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 30 }),
    fc.constantFrom('**', '*', '\n- ', '\n1. ', '\n\n', '[a](https://b.example)', '😀', '  ', '[', ']('),
  );
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 300 }).map((pieces) => pieces.join('').slice(0, 4096)),
      (markdown) => {
        const { text, entities } = format(markdown);
        expect(text.length).toBeLessThanOrEqual(4096);
        expect(entities.length).toBeLessThanOrEqual(100);
        for (const { offset, length } of entities as MessageEntity[]) {
          expect(length).toBeGreaterThan(0);
          expect(offset + length).toBeLessThanOrEqual(text.length);
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('a list that needs more room than its source is sent as it was written', () => {
  const lazy = `- ${'a\n'.repeat(2040)}`.slice(0, 4096);
  expect(format(lazy)).toEqual({ text: lazy, entities: [] });
});
