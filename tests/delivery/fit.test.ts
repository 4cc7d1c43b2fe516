import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainCapabilities } from '../../src/conversation/channel.ts';
import { chosen, fit as fitted, split } from '../../src/delivery/fit.ts';

// Texts that split badly: long words, emoji of several units, every kind of break.
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(' ', '\n', '\n\n', '. ', '? ', '👩‍👩‍👧', '😀', 'ə', 'İ'),
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.stringMatching(/^[a-z]{1,40}$/),
    ),
    { maxLength: 80 },
  )
  .map((pieces) => pieces.join(''));
const limit = fc.integer({ min: 2, max: 60 });
const bare = (value: string) => value.replace(/\s/gu, '');

describe('a text that is too long for a channel', () => {
  test('comes in parts that together say the same', () => {
    fc.assert(
      fc.property(text, limit, (whole, max) => {
        expect(bare(split(whole, max).join(' '))).toBe(bare(whole));
      }),
    );
  });

  test('has no part over the limit, and no empty one unless it is empty itself', () => {
    fc.assert(
      fc.property(text, limit, (whole, max) => {
        const parts = split(whole, max);
        for (const part of parts) expect(part.length).toBeLessThanOrEqual(max);
        if (whole.trim()) for (const part of parts) expect(part).not.toBe('');
        else expect(parts).toEqual(['']);
      }),
    );
  });

  test('is never cut inside a surrogate pair', () => {
    fc.assert(
      fc.property(text, limit, (whole, max) => {
        fc.pre(whole.isWellFormed());
        for (const part of split(whole, max)) expect(part.isWellFormed()).toBe(true);
      }),
    );
  });

  test.each([
    ['at a paragraph', `${'a'.repeat(30)}\n\n${'b'.repeat(25)}. ${'c'.repeat(30)}`, 60, 30],
    ['at a line where there is no paragraph', `${'a'.repeat(30)}\n${'b'.repeat(25)}. ${'c'.repeat(30)}`, 60, 30],
    ['after a sentence where there is no line', `${'a'.repeat(30)}. ${'b'.repeat(20)} ${'c'.repeat(30)}`, 60, 31],
    ['at a word where there is no sentence', `${'a'.repeat(30)} ${'b'.repeat(20)} ${'c'.repeat(30)}`, 60, 51],
    ['anywhere where there is no word', 'a'.repeat(100), 60, 60],
  ])('is cut %s', (_, whole, max, first) => {
    expect(split(whole, max)[0]).toHaveLength(first);
  });

  test('is not cut into crumbs by an early paragraph', () => {
    expect(split(`a\n\n${'b '.repeat(100)}`, 50)[0]?.length).toBeGreaterThan(25);
  });
});

describe('choices on a channel without buttons', () => {
  const choices = [
    { id: 'yes', label: 'Yes' },
    { id: 'no', label: 'No' },
  ];

  test('are a numbered list that the contact answers by number or label', () => {
    expect(fitted({ type: 'choices', text: 'Did that help?', choices }, plainCapabilities)).toEqual([
      { type: 'text', text: 'Did that help?\n\n1. Yes\n2. No' },
    ]);
    for (const said of ['2', ' 2. ', '(2)', '#2', 'no', 'NO']) expect(chosen(said, choices)?.id).toBe('no');
    for (const said of ['3', '0', 'no way', '22 days', '']) expect(chosen(said, choices)).toBeUndefined();
  });

  test('stand on the last part where the text needs several', () => {
    const parts = fitted({ type: 'choices', text: 'word '.repeat(40), choices }, { ...plainCapabilities, maxLength: 100, choices: 2 });
    expect(parts.map(({ type }) => type)).toEqual([...parts.slice(1).map(() => 'text'), 'choices']);
  });
});

test('markup is plain text on a channel without markup', () => {
  expect(fitted({ type: 'text', text: '**Bold** and [a link](https://example.com)' }, plainCapabilities)[0]?.text).not.toContain('**');
});

describe('files', () => {
  const can = { ...plainCapabilities, maxLength: 40, attachments: { count: 2, maxBytes: 1, caption: 12 } };
  const attachments = ['a', 'b', 'c'].map((name) => ({ name, type: 'text/plain', size: 1, file: name }));
  const shown = (text: string) =>
    fitted({ type: 'attachment', text, attachments }, can).map((part) => [
      part.text,
      part.type === 'attachment' ? part.attachments.map(({ name }) => name).join('') : undefined,
    ]);

  test('go files as many at once as the channel takes, the text beside the first', () => {
    expect(shown('see these')).toEqual([
      ['see these', 'ab'],
      ['', 'c'],
    ]);
  });

  test('a text that is too long to stand beside them goes before them, whole', () => {
    expect(shown('The first sentence is here. The second one is here.')).toEqual([
      ['The first sentence is here.', undefined],
      ['The second one is here.', undefined],
      ['', 'ab'],
      ['', 'c'],
    ]);
  });
});
