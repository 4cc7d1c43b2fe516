import { TelegramError } from 'telegraf';
import type { Update } from 'telegraf/types';
import { describe, expect, test } from 'vitest';
import { readAddress, writeAddress } from '../../../src/bots/telegram/address.ts';
import { gather } from '../../../src/bots/telegram/albums.ts';
import { findChoice, keyboard, usedKeyboard, writeData } from '../../../src/bots/telegram/choices.ts';
import { readFailure } from '../../../src/bots/telegram/failure.ts';
import { createPace } from '../../../src/bots/telegram/pace.ts';
import { tellTrouble } from '../../../src/bots/telegram/trouble.ts';
import type { Host } from '../../../src/conversation/channel.ts';
import { album, message } from './updates.ts';

test.each([[{ chat: 12 }], [{ chat: -100, author: 12 }], [{ chat: -100, author: 12, topic: 7 }]])(
  'an address comes back as the place %o',
  (place) => {
    expect(readAddress(writeAddress(place))).toEqual({ author: undefined, topic: undefined, ...place });
  },
);

describe('choices', () => {
  const long = `topic:${'payments/withdrawal-of-a-bonus/'.repeat(4)}~1234`;
  const record =
    (ids: string[]): Host['read'] =>
    async (_, after) => ({
      messages: after ? [] : ids.map((id) => ({ body: { type: 'choices', text: '', choices: [{ id, label: 'x' }] } }) as never),
      position: { conversation: 1, seq: 1 },
      state: { owner: 'bot', language: 'en' } as never,
      agents: {},
    });

  test.each(['solved:yes~17', 'topic:payments/withdraw-time~1234', 'ə'.repeat(31), 'ə'.repeat(40), long])(
    '%s fits and is found again',
    async (id) => {
      const data = writeData(id);
      expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64);
      expect(await findChoice(data, '12', record(['other', id]))).toBe(id);
    },
  );

  test('a button that nobody offered means nothing', async () => {
    expect(await findChoice(writeData(long), '12', record(['other']))).toBeUndefined();
    expect(await findChoice('forged', '12', record([]))).toBeUndefined();
  });

  test('short labels stand in pairs; links stay when the buttons go', () => {
    const rows = keyboard(['Yes', 'No', 'How long does a withdrawal take?', 'None'].map((label, n) => ({ id: String(n), label })));
    expect(rows.map((row) => row.map(({ text }) => text))).toEqual([['Yes', 'No'], ['How long does a withdrawal take?'], ['None']]);
    expect(usedKeyboard({ inline_keyboard: [...rows, [{ text: 'Write', url: 'https://t.me/x' }]] }).inline_keyboard).toEqual([
      [{ text: 'Write', url: 'https://t.me/x' }],
    ]);
  });
});

describe('albums', () => {
  const other = { ...message({ text: 'other chat' }, { chat: { id: 9, type: 'private' } }), update_id: 870000200 } as Update;
  const next = { ...message({ text: 'and?' }), update_id: 870000201 } as Update;

  test('are held for a second with what their chat sent after them; other chats go on', () => {
    const seen = new Map<string, number>();
    expect(gather([...album.slice(0, 2), other, next], seen, 1_000)).toEqual({ units: [[other]], held: [...album.slice(0, 2), next] });
    expect(gather([...album, next], seen, 2_100)).toEqual({ units: [album, [next]], held: [] });
  });
});

describe('pace', () => {
  /** The times at which `count` messages to chats in turn go out, when each waits for its place. */
  const times = (chats: number[], count: number) => {
    let now = 0;
    const pace = createPace(() => now);
    return Array.from({ length: count }, (_, n) => {
      now += pace.reserve(chats[n % chats.length] as number, Number.POSITIVE_INFINITY);
      return now;
    });
  };
  const mostIn = (ms: number, at: number[]) =>
    Math.max(...at.map((start) => at.filter((each) => each >= start && each < start + ms).length));

  test('about one a second to a chat, 20 a minute to a group, 30 a second over all', () => {
    expect(times([7], 10).at(-1)).toBe(7_000);
    expect(mostIn(60_000, times([-7], 60))).toBeLessThanOrEqual(20);
    expect(
      mostIn(
        1_000,
        times(
          Array.from({ length: 500 }, (_, n) => n + 1),
          300,
        ),
      ),
    ).toBeLessThanOrEqual(30);
  });

  test('a chat that Telegram holds is left alone, others are not; what comes later takes no place', () => {
    const pace = createPace(() => 0);
    pace.hold(7, 5_000);
    expect(pace.reserve(7, 2_000)).toBe(5_000);
    expect(pace.reserve(8, 2_000)).toBe(0);
  });
});

test.each([
  [429, 'Too Many Requests: retry after 34', { retry_after: 34 }, { kind: 'wait', ms: 34_000 }],
  [403, 'Forbidden: bot was blocked by the user', undefined, { kind: 'unreachable', code: 'blocked' }],
  [403, 'Forbidden: user is deactivated', undefined, { kind: 'unreachable', code: 'gone' }],
  [400, 'Bad Request: chat not found', undefined, { kind: 'unreachable', code: 'gone' }],
  [400, "Bad Request: can't parse entities: unexpected end tag", undefined, { kind: 'markup' }],
  [400, 'Bad Request: group chat was upgraded to a supergroup chat', { migrate_to_chat_id: -1001 }, { kind: 'moved', to: -1001 }],
  [400, 'Bad Request: message is too long', undefined, { kind: 'bug' }],
  [401, 'Unauthorized', undefined, { kind: 'token' }],
  [
    409,
    'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
    undefined,
    { kind: 'conflict' },
  ],
  [502, 'Bad Gateway', undefined, { kind: 'unavailable', maybeDone: true }],
])('%i %s', (error_code, description, parameters, failure) => {
  expect(readFailure(new TelegramError({ error_code, description, parameters: parameters as never }))).toEqual(failure);
});

test('trouble is told with its remedy, and no more than that: what a database was given never reaches the log', () => {
  const told: [string, { remedy?: string }][] = [];
  const log = Object.fromEntries(
    ['debug', 'info', 'warn', 'error'].map((level) => [level, (what: { remedy?: string }) => told.push([level, what])]),
  ) as never;
  const refused = (error_code: number, description: string) => new TelegramError({ error_code, description });
  expect(tellTrouble(refused(409, 'Conflict: terminated by other getUpdates request'), 0, log)).toBe(5_000);
  expect(tellTrouble(refused(401, 'Unauthorized'), 0, log)).toBe(30_000);
  expect(
    tellTrouble(Object.assign(new Error('Failed query: insert … params: my secret words'), { cause: { code: '53100' } }), 3, log),
  ).toBe(4_000);
  expect(told.map(([level, { remedy }]) => [level, Boolean(remedy)])).toEqual([
    ['warn', true],
    ['error', true],
    ['warn', false],
  ]);
  expect(JSON.stringify(told)).not.toContain('secret words');
});
