import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buttonRows, findChoice, labelOf, readCustomId, usedRows, writeCustomId } from '../../../src/bots/discord/buttons.ts';
import { format } from '../../../src/bots/discord/format.ts';
import { discordMarkdown, escapeMarkdown } from '../../../src/bots/discord/markdown.ts';
import { pieces } from '../../../src/bots/discord/pieces.ts';
import type { Message } from '../../../src/conversation/message.ts';

describe('markdown', () => {
  test.each([
    ['**24 hours**, *really*', '**24 hours**, *really*'],
    ['**bold *and* more**', '**bold _and_ more**'],
    ['- one\n- two\n  - deeper', '- one\n- two\n  - deeper'],
    ['3. third\n4. fourth', '3. third\n4. fourth'],
    ['[rules](https://a.example/x_y)', '[rules](<https://a.example/x_y>)'],
    ['https://a.example/x_y_z', '<https://a.example/x_y_z>'],
    ['[a.example](https://b.example)', 'a.example (<https://b.example>)'],
    ['[write](mailto:help_me@a.example)', 'write (help\\_me@a.example)'],
    ['# not a heading', '\\# not a heading'],
    ['`code` ||spoiler|| ~~gone~~ __under__', '\\`code\\` \\|\\|spoiler\\|\\| \\~\\~gone\\~\\~ **under**'],
    ['<@123> <#4> <t:0:R> <:x:1>', '\\<@123\\> \\<#4\\> \\<t:0:R\\> \\<:x:1\\>'],
  ])('%s', (source, shown) => {
    expect(discordMarkdown(source)).toBe(shown);
  });

  test('escaped text reads as it was written', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab *_~`|<>[]#-1.)\\\n@') }), (text) => {
        expect(escapeMarkdown(text).replace(/\\([^a-z\d\s])/gi, '$1')).toBe(text);
      }),
    );
  });
});

describe('pieces', () => {
  test('none is too long, none is cut inside an escape or a character, and together they are the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', ' ', '\n', '*', '😀', '\\'), minLength: 1, maxLength: 300 }), (text) => {
        const escaped = escapeMarkdown(text);
        const parts = pieces(escaped, 20);
        for (const part of parts) {
          expect(part.length).toBeLessThanOrEqual(20);
          expect(part.isWellFormed()).toBe(true);
          expect((/\\*$/.exec(part)?.[0].length ?? 0) % 2).toBe(0);
        }
        expect(parts.join('').replace(/\s/g, '')).toBe(escaped.replace(/\s/g, ''));
      }),
    );
  });
});

describe('replies', () => {
  const sending = { id: '7.0', at: new Date(1_700_000_000_000) };

  test('call nobody, show no previews, and carry what makes a repeat known', () => {
    const [body] = format({ type: 'text', text: '@everyone hello' }, sending, { channel: '1' });
    expect(body).toMatchObject({ content: '@everyone hello', allowed_mentions: { parse: [] }, flags: 4, enforce_nonce: true });
    expect(body?.nonce).toHaveLength(25);
    expect(format({ type: 'text', text: '@everyone hello' }, sending, { channel: '1' })).toEqual([body]);
  });

  test('the nonce is another for another reply, part, channel or database', () => {
    const of = (id: string, at: number, channel: string) =>
      format({ type: 'text', text: 'x' }, { id, at: new Date(at) }, { channel })[0]?.nonce;
    expect(new Set([of('7.0', 1, '1'), of('7.1', 1, '1'), of('7.0', 2, '1'), of('7.0', 1, '2')]).size).toBe(4);
  });

  test('what escapes make too long goes in pieces, buttons on the last', () => {
    const bodies = format({ type: 'choices', text: '*'.repeat(1_990), choices: [{ id: 'a', label: 'A' }] }, sending, {
      channel: '1',
      author: '22',
    });
    expect(bodies.length).toBe(2);
    expect(bodies.every(({ content }) => (content?.length ?? 0) <= 2_000)).toBe(true);
    expect(bodies.map(({ components }) => components?.length)).toEqual([undefined, 1]);
    expect(bodies[0]?.content?.startsWith('<@22> ')).toBe(true);
    expect(new Set(bodies.map(({ nonce }) => nonce)).size).toBe(2);
  });
});

describe('buttons', () => {
  const choices = (n: number, label = 'x') => Array.from({ length: n }, (_, i) => ({ id: `c${i}`, label }));

  test('at most five a row and five rows; long labels stand alone', () => {
    expect(buttonRows(choices(7)).map((row) => row.components.length)).toEqual([5, 2]);
    expect(buttonRows(choices(25)).map((row) => row.components.length)).toEqual([5, 5, 5, 5, 5]);
    expect(buttonRows(choices(3, 'a label of many letters')).map((row) => row.components.length)).toEqual([1, 1, 1]);
    expect(buttonRows(choices(1, 'y'.repeat(200)))[0]?.components[0]?.label).toHaveLength(80);
  });

  test('an id comes back, also one that Discord has no room for', async () => {
    const long = `topic:payments/${'very-'.repeat(40)}long~17`;
    for (const author of [undefined, '123456789012345678']) {
      for (const id of ['solved:yes~4', long]) {
        const written = writeCustomId(id, author);
        expect(written.length).toBeLessThanOrEqual(100);
        const read = readCustomId(written);
        expect(read?.author).toBe(author);
        const offered = { body: { type: 'choices', text: '', choices: [{ id, label: 'L' }] } } as Message;
        const reading = { state: { owner: 'bot' as const, language: 'en' }, agents: {} };
        const found = await findChoice(read?.data ?? '', 'a', async (_, after) => ({
          ...reading,
          messages: after ? [] : [offered],
          position: { conversation: 1, seq: 1 },
        }));
        expect(found).toBe(id);
      }
    }
    const nothing = async () => ({
      messages: [],
      position: { conversation: 1, seq: 1 },
      state: { owner: 'bot' as const, language: 'en' },
      agents: {},
    });
    expect(await findChoice('#forged', 'a', nothing)).toBeUndefined();
  });

  test('after a press all are off and the pressed one is marked', () => {
    const rows = buttonRows(choices(2));
    const pressed = rows[0]?.components[1]?.custom_id ?? '';
    expect(labelOf(rows, pressed)).toBe('x');
    expect(usedRows(rows, pressed)[0]?.components.map(({ disabled, style }) => [disabled, style])).toEqual([
      [true, 2],
      [true, 3],
    ]);
  });
});
