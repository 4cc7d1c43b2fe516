import { afterEach, beforeEach, expect, test } from 'vitest';
import { forget } from '../../../src/bots/telegram/aside.ts';
import { readHealth } from '../../../src/delivery/health.ts';
import { createLog } from '../../../src/log.ts';
import { openStore, type Store } from '../../../src/store/connection.ts';
import { listCursors, removeCursor, writeCursor } from '../../../src/store/cursor.ts';
import { newDatabase } from '../../setup/app.ts';
import { createRefusingStore } from '../../setup/refusing-store.ts';
import { until } from '../../setup/until.ts';
import { startTelegram, type TelegramDouble, token } from './double.ts';
import { type Receiver, startReceiver } from './receiver.ts';

let telegram: TelegramDouble;
let databaseUrl: string;
let receiver: Receiver;
let store: Store;
let bot: string;
beforeEach(async () => {
  telegram = await startTelegram();
  databaseUrl = await newDatabase();
  receiver = await startReceiver(telegram, databaseUrl, { mostStrikes: 2 });
  store = openStore(databaseUrl, createLog('silent'), 2);
  bot = `${new URL(telegram.root).host}/${token.split(':')[0]}`;
});
afterEach(async () => {
  await receiver.stop();
  await store.close();
  await telegram.close();
});
const aside = async () => (await readHealth(store.db)).aside;
const kept = () =>
  receiver.query<{ name: string; value: string }>("select name, value::text from cursor where name like '%aside:%' order by name");
const again = async () => {
  await receiver.stop();
  receiver = await startReceiver(telegram, databaseUrl, { mostStrikes: 2 });
};

test('what cannot be stored lies aside, sealed and shown on the board, and is stored when Destek starts after the store was mended', async () => {
  const refusing = createRefusingStore(databaseUrl);
  await refusing.refuse("new.text = 'two'");
  const aysel = telegram.chats.person();
  for (const line of ['one', 'two', 'three']) aysel.write(line);
  await until(async () => (await receiver.texts()).length === 2);
  expect(await receiver.texts()).toEqual(['one', 'three']);
  await until(() => telegram.pending().length === 0);
  expect(await aside()).toEqual([{ channel: 'telegram', name: bot, count: 1 }]);
  expect(JSON.stringify(await kept())).not.toContain('two');
  expect((await kept()).map(({ name }) => name.replace(/\d+$/, 'n'))).toEqual([
    `aside:${bot.replace(/\d+$/, 'n')}`,
    `secret:aside:${bot}:n`,
  ]);

  await again();
  expect(await aside()).toHaveLength(1);
  await refusing.takeAgain();
  await refusing.close();
  await again();
  await until(async () => (await receiver.texts()).length === 3);
  await until(async () => (await aside()).length === 0);
  expect((await kept()).map(({ value }) => value)).toEqual(['[]']);
}, 30_000);

test('what cannot be understood lies aside too and stays there; when its writer is erased it goes, and nobody else’s', async () => {
  const [aysel, rauf] = [telegram.chats.person(), telegram.chats.person()];
  for (const { send } of [aysel, rauf]) send({ photo: {} });
  aysel.write('and now?');
  await until(async () => (await receiver.texts()).length === 1);
  await until(async () => (await aside())[0]?.count === 2);
  await again();
  aysel.write('again');
  await until(async () => (await receiver.texts()).length === 2);
  expect((await aside())[0]?.count).toBe(2);
  const { db } = store;
  const gone = await forget([String(aysel.user.id)], {
    list: (prefix) => listCursors(db, 'telegram', prefix),
    set: (name, value) => writeCursor(db, 'telegram', name, value),
    remove: (name) => removeCursor(db, 'telegram', name),
  });
  expect(gone).toBe(1);
  expect((await aside())[0]?.count).toBe(1);
  expect(JSON.stringify(await kept())).not.toContain(String(aysel.user.id));
  expect(await kept()).toHaveLength(2);
});

test('updates of no shape at all hold up nobody', async () => {
  for (const said of [
    { message: null },
    { message: {} },
    { edited_message: { message_id: 2 } },
    { my_chat_member: {} },
    { callback_query: { message: {} } },
  ])
    telegram.push(said);
  telegram.chats.person().write('and now?');
  await until(async () => (await receiver.texts()).length === 1);
  await until(() => telegram.pending().length === 0);
});

test('after thirty days what lies aside goes unread', async () => {
  telegram.chats.person().send({ photo: {} });
  await until(async () => (await aside())[0]?.count === 1);
  await receiver.query("update cursor set value = jsonb_set(value, '{0,at}', to_jsonb($1::float8)) where name like 'aside:%'", [
    Date.now() - 31 * 86_400_000,
  ]);
  await again();
  await until(async () => (await aside()).length === 0);
  expect((await kept()).map(({ value }) => value)).toEqual(['[]']);
});

test('what another process crowded out of the list is found sealed, and goes with its writer', async () => {
  const aysel = telegram.chats.person();
  aysel.send({ photo: {} });
  await until(async () => (await aside())[0]?.count === 1);
  await receiver.query("update cursor set value = '[]' where name like 'aside:%'");
  await again();
  await until(async () => (await aside())[0]?.count === 1);
  expect(await kept()).toMatchObject([{ value: expect.stringContaining(`"chat": ${aysel.user.id}`) }, {}]);
});
