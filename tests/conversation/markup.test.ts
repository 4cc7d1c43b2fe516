import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { html } from '../../src/conversation/html.ts';
import { type Inline, type Markup, parseMarkup } from '../../src/conversation/markup.ts';
import { plainText } from '../../src/conversation/plain-text.ts';
import { processorTime } from '../setup/growth.ts';

const paragraph = (...children: Inline[]): Markup[number] => ({ type: 'paragraph', children });
const text = (value: string): Inline => ({ type: 'text', text: value });

describe('the subset', () => {
  test('paragraphs, line breaks, strong, em, links', () => {
    expect(parseMarkup('Hi **you _there_**\nsee [the page](https://a.example/x)\n\n*Bye*')).toEqual([
      paragraph(
        text('Hi '),
        { type: 'strong', children: [text('you '), { type: 'em', children: [text('there')] }] },
        { type: 'break' },
        text('see '),
        { type: 'link', href: 'https://a.example/x', children: [text('the page')] },
      ),
      paragraph({ type: 'em', children: [text('Bye')] }),
    ]);
  });

  test('lists, ordered and not, nested', () => {
    expect(parseMarkup('3. a\n4. b\n   - c')).toEqual([
      {
        type: 'list',
        ordered: true,
        start: 3,
        items: [
          [paragraph(text('a'))],
          [paragraph(text('b')), { type: 'list', ordered: false, start: 0, items: [[paragraph(text('c'))]] }],
        ],
      },
    ]);
  });

  test('bare addresses are links', () => {
    expect(plainText(parseMarkup('https://a.example a@b.example'))).toBe('https://a.example a@b.example');
    expect(html(parseMarkup('a@b.example'))).toContain('href="mailto:a@b.example"');
  });
});

describe('what is not in the subset is shown as it is written', () => {
  test.each([
    '# 5 is my number',
    '<b>bold</b>',
    '<script>alert(1)</script>',
    '> quoted',
    '| a | b |',
    '`code`',
    '---',
    '![picture](https://a.example/x.png)',
    '~~gone~~',
    '&lt;b&gt;',
    '[a][b]',
    '[x](javascript:alert(1))',
    '[x](data:text/html,hi)',
    '[x](/relative)',
    '[x](https://bank.example@evil.example/)',
    'snake_case_name 2 * 3 * 4',
  ])('%s', (written) => {
    expect(plainText(parseMarkup(written))).toBe(written);
  });
});

describe('plain text', () => {
  test('marks items, names addresses, leaves out emphasis', () => {
    const written = 'Do **this**:\n\n1. open [the form](https://a.example)\n2. write to [us](mailto:a@b.example)\n\n- x\n- y';
    expect(plainText(parseMarkup(written))).toBe(
      'Do this:\n\n1. open the form (https://a.example)\n2. write to us (a@b.example)\n\n• x\n• y',
    );
  });
});

describe('any text', () => {
  const marks = fc.constantFrom(
    '*',
    '_',
    '**',
    '[',
    ']',
    '(',
    ')',
    '](https://a.example)',
    '](javascript:x)',
    '- ',
    '1. ',
    '\n',
    '\n\n',
    ' ',
    '#',
    '<',
    '>',
    '&',
    '"',
    '`',
    '\\',
    '|',
    '!',
    'ş',
    'a',
    '<img src=x onerror=y>',
    '\0',
    '\ud800',
  );
  const written = fc.oneof(
    fc.array(marks, { maxLength: 60 }).map((parts) => parts.join('')),
    fc.string({ unit: 'binary' }),
  );

  test('is parsed, and as HTML opens no tag but ours', () => {
    fc.assert(
      fc.property(written, (value) => {
        const page = html(parseMarkup(value));
        expect(
          page.replace(
            /<(\/?(p|ul|ol|li|strong|em|a)|br|ol start="\d+"|a href="(https?|mailto|tel):[^"<>]*" target="_blank" rel="noopener noreferrer")>/g,
            '',
          ),
        ).not.toMatch(/[<>"]/);
      }),
      { numRuns: 1000 },
    );
  });

  test('without marks comes out as it went in', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'ş', 'ə', ' b', 'ı', '👍') }),
        (value) => plainText(parseMarkup(value.trim())) === value.trim(),
      ),
    );
  });

  test.each(['[', '*', '**a *b ', '>', '- ', '\t', ' ', '`', '|-', 'a@', 'a_', '1. ', '[a](', '<a ', '\n'])(
    'of 100,000 characters made of %j takes no long time',
    (unit) => {
      const both = () => {
        parseMarkup(unit.repeat(Math.ceil(100_000 / unit.length)));
        parseMarkup(unit.repeat(Math.floor(10_000 / unit.length)));
      };
      expect(processorTime(both, 2)).toBeLessThan(1_000);
    },
  );

  test('nested without end is cut, not a crash', () => {
    const deep = Array.from({ length: 90 }, (_, i) => `${' '.repeat(2 * i)}- a`).join('\n');
    expect(plainText(parseMarkup(deep))).toContain('a');
    expect(plainText(parseMarkup(`${'*_'.repeat(500)}a${'_*'.repeat(500)}`))).toContain('a');
  });
});
