import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseMarkup as serverMarkup } from '../../src/conversation/markup.ts';
import { parseMarkup } from '../../web/ui/markup.ts';
import { growth } from '../setup/growth.ts';

const knowledge = path.resolve(import.meta.dirname, '../../knowledge');

// The widget's small parser shows what the server's parser, which every other channel uses, would show.
describe('the Markdown subset in the browser', () => {
  test('every shipped answer reads as on the server', () => {
    const files = readdirSync(knowledge, { recursive: true, encoding: 'utf8' }).filter(
      (name) => name.includes('/') && name.endsWith('.yaml'),
    );
    let answers = 0;
    for (const file of files) {
      const topic = parse(readFileSync(path.join(knowledge, file), 'utf8'));
      for (const language of ['tr', 'en', 'az']) {
        const answer = topic?.[language]?.answer;
        if (typeof answer !== 'string') continue;
        answers += 1;
        expect(parseMarkup(answer), `${file} ${language}`).toEqual(serverMarkup(answer));
      }
    }
    expect(answers).toBeGreaterThan(30);
  });

  test.each([
    'plain',
    '**bold** and *soft* [there](https://a.example/b?c=d&e=f)',
    'see https://a.example/path, or write to a@b.example.',
    '- one\n- two\n- three',
    '1. one\n2. two\n\nafter',
    '3. three\n4. four',
    'text\n- one\n- two',
    'a\nb\n\nc',
    '<script>alert(1)</script> & <b>x</b>',
    '[x](javascript:alert(1)) [y](https://user:pass@evil.example/)',
    '# heading\n> quote\n`code`\n| a | b |',
    '5 * 3 * 2 and a_b_c and 2 ** 3',
    'Numaranız: **DST-1042**.\nSıranız: 3.',
  ])('%j', (text) => expect(parseMarkup(text)).toEqual(serverMarkup(text)));

  test('never throws, and never loses the letters of a text', () => {
    const letters = (text: string) => text.replace(/[^\p{L}]/gu, '');
    const shown = (nodes: unknown): string =>
      Array.isArray(nodes)
        ? nodes.map(shown).join('')
        : typeof nodes === 'object' && nodes
          ? 'text' in nodes
            ? String(nodes.text)
            : shown(Object.values(nodes).filter(Array.isArray))
          : '';
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', 'ğ', ' ', '\n', '*', '**', '- ', '1. ', '[', ']', '(', ')', 'https://x.example', '<i>', '\\', '_'), {
          maxLength: 40,
        }),
        (parts) => {
          const text = parts.join('');
          // An address behind a label is not shown.
          if (/\]\(/.test(text)) parseMarkup(text);
          else expect(letters(shown(parseMarkup(text)))).toBe(letters(text));
        },
      ),
      { numRuns: 500 },
    );
  });

  test.each(['*', '[a](', '**a', '**a *b ', '- ', 'a', 'a.', 'a@', 'a_', '\n', '  - x\n'])(
    'a hostile text made of %j does not stop the page: its time grows with its length, no faster',
    (unit) => {
      const parse = (length: number) => parseMarkup(unit.repeat(Math.floor(length / unit.length)));
      expect(growth(parse, 2_500, 20_000)).toBeLessThan(24);
    },
  );

  test('an address is one where it begins with a sign that may stand in it, too', () => {
    const line = 'a@b.co, (c@d.co) e_f.g+h@i-j.co.uk **k@l.co** @m n@o';
    expect(parseMarkup(line)).toEqual(serverMarkup(line));
  });
});
