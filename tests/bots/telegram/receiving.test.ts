import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { newDatabase } from '../../setup/app.ts';
import { createRefusingStore } from '../../setup/refusing-store.ts';
import { until } from '../../setup/until.ts';
import { startTelegram, type TelegramDouble, token } from './double.ts';
import { type Receiver, startReceiver } from './receiver.ts';
import { pictures } from './updates.ts';

let telegram: TelegramDouble;
let databaseUrl: string;
let receivers: Receiver[];
const start = async () => {
  const receiver = await startReceiver(telegram, databaseUrl);
  receivers.push(receiver);
  return receiver;
};
const polls = () => telegram.calls.filter(({ method }) => method === 'getUpdates');
const conflicts = () => polls().filter(({ status }) => status === 409);

beforeEach(async () => {
  telegram = await startTelegram();
  databaseUrl = await newDatabase();
  receivers = [];
});
afterEach(async () => {
  for (const receiver of receivers) await receiver.stop();
  await telegram.close();
});

test('the store stops amid a batch: nothing that is not stored is confirmed, then all of it is stored once and in order', async () => {
  const { texts } = await start();
  const store = createRefusingStore(databaseUrl);
  await until(() => polls().length > 0);
  await store.refuse('(select count(*) from message) >= 20');
  const people = Array.from({ length: 8 }, () => telegram.chats.person());
  const lines = Array.from({ length: 10 }, (_, n) => `line ${n}`);
  const written = lines.flatMap((text) => people.map(({ write, user }) => ({ text, chat: user.id, message: write(text).message_id })));
  await until(async () => (await texts()).length >= 20);
  await new Promise((resolve) => setTimeout(resolve, 1_500));

  const pending = telegram.pending().map((update) => ('message' in update ? `${update.message.chat.id} ${update.message.message_id}` : ''));
  expect(pending.length).toBeGreaterThan(0);
  for (const { user } of people) {
    const kept = await texts(user.id);
    expect(kept).toEqual(lines.slice(0, kept.length));
    for (const { text, chat, message } of written)
      if (chat === user.id && !pending.includes(`${chat} ${message}`)) expect(kept).toContain(text);
  }

  await store.takeAgain();
  await store.close();
  await until(async () => (await texts()).length >= written.length, 12_000);
  for (const { user } of people) expect(await texts(user.id)).toEqual(lines);
  await until(() => telegram.pending().length === 0);
}, 40_000);

test('what cannot be stored holds back what its chat sent after it, and no other chat', async () => {
  const { texts } = await start();
  const store = createRefusingStore(databaseUrl);
  await until(() => polls().length > 0);
  await store.refuse("new.text = 'two'");
  const [aysel, rauf] = [telegram.chats.person(), telegram.chats.person()];
  for (const line of ['one', 'two', 'three']) aysel.write(line);
  rauf.write('hello');
  await until(async () => (await texts(rauf.user.id)).length === 1 && (await texts(aysel.user.id)).length === 1);
  await new Promise((resolve) => setTimeout(resolve, 800));
  expect(await texts(aysel.user.id)).toEqual(['one']);
  await store.takeAgain();
  await store.close();
  await until(async () => (await texts(aysel.user.id)).length === 3);
  expect(await texts(aysel.user.id)).toEqual(['one', 'two', 'three']);
  expect(await texts(rauf.user.id)).toEqual(['hello']);
});

test('one of two processes asks; when it stops the other goes on within 15 s', async () => {
  const first = await start();
  await until(() => polls().length > 0);
  const second = await start();
  const aysel = telegram.chats.person();
  aysel.write('one');
  await until(async () => (await second.texts()).length === 1);
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  await first.stop();
  aysel.write('two');
  await until(async () => (await second.texts()).length === 2, 15_000);
  expect(await second.texts()).toEqual(['one', 'two']);
  expect(conflicts()).toHaveLength(0);
}, 40_000);

test('another program takes updates for a while: we go on afterwards', async () => {
  const { texts } = await start();
  // The first look is answered at once; the next waits.
  await until(() => Number(polls().at(-1)?.payload.timeout) > 0);
  await fetch(`${telegram.root}/bot${token}/getUpdates`, { method: 'POST' });
  await until(() => conflicts().length > 0);
  telegram.chats.person().write('still there?');
  await until(async () => (await texts()).length === 1, 12_000);
}, 30_000);

test('after a restart it goes on where it stood', async () => {
  const first = await start();
  const aysel = telegram.chats.person();
  aysel.write('one');
  await until(async () => (await first.texts()).length === 1);
  const asked = await until(() => (telegram.pending().length === 0 ? polls().at(-1) : undefined));
  await first.stop();
  aysel.write('two');
  const before = polls().length;
  const second = await start();
  await until(async () => (await second.texts()).length === 2);
  expect(polls()[before]?.payload.offset).toBe(asked.payload.offset);
  expect(await second.texts()).toEqual(['one', 'two']);
});

test('a position from more than a week ago means nothing: Telegram counts anew', async () => {
  const first = await start();
  await until(() => polls().length > 0);
  await first.stop();
  const [botId] = token.split(':');
  await startReceiver(telegram, databaseUrl).then(async (receiver) => {
    await receiver.query(
      "insert into cursor (channel, name, value) values ('telegram', $1, $2) on conflict (channel, name) do update set value = excluded.value",
      [`offset:${botId}`, JSON.stringify({ next: 999_999_999, at: Date.now() - 8 * 24 * 3_600_000 })],
    );
    await receiver.stop();
  });
  telegram.chats.person().write('after a long silence');
  const second = await start();
  await until(async () => (await second.texts()).length === 1);
}, 30_000);

test('an album is one message, also when its pictures come one by one; what follows comes after it; other chats do not wait', async () => {
  const { texts, query } = await start();
  await until(() => polls().length > 0);
  const [aysel, rauf] = [telegram.chats.person(), telegram.chats.person()];
  // However long the machine stands still, the album stays open until all of it has come.
  const clock = vi.spyOn(Date, 'now').mockReturnValue(Date.now());
  onTestFinished(() => clock.mockRestore());
  for (const picture of pictures) {
    aysel.send(picture);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  aysel.write('is this right?');
  rauf.write('hello');
  await until(async () => (await texts(rauf.user.id)).length === 1);
  expect(await texts(aysel.user.id)).toEqual([]);
  clock.mockRestore();
  await until(async () => (await texts(aysel.user.id)).length === 2);
  expect(await texts(aysel.user.id)).toEqual(['both sides of my card', 'is this right?']);
  const [row] = await query<{ body: { attachments: unknown[] } }>('select body from message where text = $1', ['both sides of my card']);
  expect(row?.body.attachments).toHaveLength(3);
  await until(() => telegram.pending().length === 0);
});

test('edits reach the record, also one that overtakes its message; who blocks the bot is marked', async () => {
  const { texts, query } = await start();
  const aysel = telegram.chats.person();
  const message = aysel.write('helo');
  await until(async () => (await texts()).length === 1);
  aysel.edit(message, 'hello');
  await until(async () => (await texts())[0] === 'hello');
  const early = { ...message, message_id: 4_000 };
  telegram.push({ edited_message: { ...early, text: 'after', edit_date: 1 } });
  telegram.push({ message: { ...early, text: 'before' } });
  await until(() => telegram.pending().length === 0);
  expect(await texts()).toEqual(['hello', 'after']);
  aysel.block();
  await until(async () => (await query('select 1 from address where unreachable = $1', ['blocked'])).length === 1);
});

test('updates that nobody can read or keep are left behind, the rest goes on', async () => {
  const { texts } = await start();
  telegram.push({ message: { message_id: 1, from: null, chat: { id: 1 } } });
  telegram.push({ callback_query: { id: '1', from: { id: 5, is_bot: false, first_name: 'A' } } });
  telegram.push({ something_new: {} });
  telegram.chats.person().write('x'.repeat(21_000));
  telegram.chats.person().write('fine');
  await until(async () => (await texts()).includes('fine'));
  await until(() => telegram.pending().length === 0);
});
