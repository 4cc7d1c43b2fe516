import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createAnnounce } from '../../../src/bots/telegram/announce.ts';
import { createCall } from '../../../src/bots/telegram/client.ts';
import { createPace } from '../../../src/bots/telegram/pace.ts';
import { createSend } from '../../../src/bots/telegram/send.ts';
import type { Host } from '../../../src/conversation/channel.ts';
import { createLog } from '../../../src/log.ts';
import { startTelegram, type TelegramDouble, token } from './double.ts';

let telegram: TelegramDouble;
beforeAll(async () => {
  telegram = await startTelegram();
});
afterEach(() => telegram.refuse(undefined));
afterAll(() => telegram.close());

const sending = { id: '1.0', messageId: 1, seq: 1, attempt: 1, author: 'bot' as const, at: new Date() };

/** A sender and an announcer with one pace, whose clock stands still. */
function open() {
  const [call, pace] = [createCall(token, telegram.root), createPace(() => 0)];
  const host = { log: createLog('silent') } as unknown as Host;
  const send = createSend({ host, call, pace, me: async () => ({ id: 1, username: 'x' }) });
  const announce = createAnnounce({ call, pace });
  return {
    pace,
    reply: (chat: number) => send(String(chat), { type: 'text', text: 'a reply' }, sending),
    news: (chat: number) => announce(String(chat), 'news', sending),
  };
}
const arrived = (chat: number) => telegram.chats.messagesIn(chat).map(({ text }) => text);
const people = () => [telegram.chats.person().chat.id, telegram.chats.person().chat.id] as const;

test('a reply for which there is no place soon is not sent and comes back when there is one; another chat has its own', async () => {
  const { pace, reply } = open();
  const [chat, other] = people();
  pace.hold(chat, 60_000);
  await expect(reply(chat)).rejects.toMatchObject({ name: 'RetryLater', afterMs: 60_000 });
  await reply(other);
  expect([arrived(chat), arrived(other)]).toEqual([[], ['a reply']]);
});

test('a chat that Telegram wants left alone is asked for nothing until then', async () => {
  const { reply } = open();
  const [chat, other] = people();
  telegram.refuse((method, { chat_id }) =>
    method === 'sendMessage' && chat_id === chat
      ? { error_code: 429, description: 'Too Many Requests: retry after 30', parameters: { retry_after: 30 } }
      : undefined,
  );
  await expect(reply(chat)).rejects.toMatchObject({ name: 'RetryLater', afterMs: 30_000 });
  const before = telegram.calls.length;
  await expect(reply(chat)).rejects.toMatchObject({ name: 'RetryLater', afterMs: 30_000 });
  expect(telegram.calls.slice(before)).toEqual([]);
  await reply(other);
  expect(arrived(other)).toEqual(['a reply']);
});

test('while replies go out an announcement waits, and goes when nothing does', async () => {
  const { reply, news } = open();
  const [chat, other] = people();
  await reply(chat);
  await expect(news(other)).rejects.toMatchObject({ name: 'RetryLater' });
  expect(arrived(other)).toEqual([]);
  await open().news(other);
  expect(arrived(other)).toEqual(['news']);
});
