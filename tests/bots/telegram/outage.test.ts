import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTelegramChannel } from '../../../src/bots/telegram/index.ts';
import { nameOfBot } from '../../../src/bots/telegram/source.ts';
import { keepWebhook } from '../../../src/bots/telegram/webhook.ts';
import type { SourceState } from '../../../src/conversation/source.ts';
import type { Queues } from '../../../src/delivery/queues.ts';
import { readTroubles } from '../../../src/delivery/troubles.ts';
import { createOutageLook } from '../../../src/handoff/staff/outages.ts';
import { createLog } from '../../../src/log.ts';
import { openStore } from '../../../src/store/connection.ts';
import { newDatabase } from '../../setup/app.ts';
import { until } from '../../setup/until.ts';
import { type Refusal, startTelegram, type TelegramDouble, token } from './double.ts';
import { type Receiver, startReceiver } from './receiver.ts';

const log = createLog('silent');
let telegram: TelegramDouble;
let databaseUrl: string;
let receiver: Receiver;
beforeEach(async () => {
  telegram = await startTelegram();
  databaseUrl = await newDatabase();
  receiver = await startReceiver(telegram, databaseUrl);
  await until(async () => (await state())?.at);
});
afterEach(async () => {
  await receiver.stop();
  await telegram.close();
});
const state = async () =>
  (
    await receiver.query<{ value: SourceState }>('select value from cursor where name = $1', [`source:${nameOfBot(token, telegram.root)}`])
  )[0]?.value;
const refuse = (refusal: Refusal) => {
  telegram.refuse((method) => (method === 'getUpdates' ? refusal : undefined));
  // The call that waits comes back.
  telegram.chats.person().write('hello');
};

test('a token that is refused, and a server that fails, stand in the record until updates come again; the token itself never', async () => {
  refuse({ error_code: 502, description: 'Bad Gateway' });
  await until(async () => (await state())?.fault?.code === 'away');
  refuse({ error_code: 401, description: 'Unauthorized' });
  await until(async () => (await state())?.fault?.code === 'refused');
  const kept = JSON.stringify(await receiver.query("select * from cursor where name like 'source:%'"));
  expect(kept).toContain(token.split(':')[0]);
  expect(kept).not.toContain(token.split(':')[1]);
});

test('another program that takes updates, though in between some come to us, becomes an outage that is told; it is none while it is no minute old', async () => {
  // The first look is answered at once; only one that waits can be cut short by another.
  await until(() => Number(telegram.calls.findLast(({ method }) => method === 'getUpdates')?.payload.timeout) > 0);
  await fetch(`${telegram.root}/bot${token}/getUpdates`, { method: 'POST' });
  await until(async () => (await state())?.fault?.code === 'taken');
  telegram.chats.person().write('still there?');
  await until(async () => (await receiver.texts()).length === 1, 12_000);
  const now = await state();
  expect(now?.fault?.code).toBe('taken');

  const store = openStore(databaseUrl, log, 1);
  const channel = createTelegramChannel({ TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: telegram.root, ROLES: [] });
  const channels = channel ? [channel] : [];
  const queues = { wake: async () => {} } as unknown as Queues;
  const look = createOutageLook({ db: store.db, queues, log, channels, onCall: () => undefined }, Date.now() - 600_000);
  await look();
  expect(await readTroubles(store.db)).toEqual([]);
  await receiver.query("update cursor set value = jsonb_set(value, '{fault,since}', to_jsonb($1::float8)) where name like 'source:%'", [
    Date.now() - 61_000,
  ]);
  await look();
  expect(await readTroubles(store.db)).toMatchObject([{ channel: 'telegram', name: nameOfBot(token, telegram.root), code: 'taken' }]);
  await store.close();
}, 30_000);

test.each<[string, object, number | undefined, unknown]>([
  ['ours, and brings what comes', { url: 'https://desk.example/hook', pending_update_count: 0 }, undefined, 'works'],
  ['somebody else’s', { url: 'https://other.example', pending_update_count: 0 }, undefined, 'taken'],
  ['ours, and does not reach us', { url: 'https://desk.example/hook', pending_update_count: 0 }, 0, 'unreached'],
  ['ours, and tries ever more seldom to bring what waits', { url: 'https://desk.example/hook', pending_update_count: 3 }, 300, 'unreached'],
  ['ours, and reaches us again since', { url: 'https://desk.example/hook', pending_update_count: 0 }, 300, 'works'],
])('a webhook that is %s', async (_, hook, failedBefore, found) => {
  const info = { ...hook, last_error_date: failedBefore === undefined ? undefined : Date.now() / 1000 - failedBefore };
  const stop = new AbortController();
  const said: unknown[] = [];
  const word = { works: async () => void said.push('works'), fails: async (what: unknown) => void said.push(what) };
  const call = (async (method: string) => (method === 'getWebhookInfo' ? info : true)) as never;
  const keeping = keepWebhook({ url: 'https://desk.example/hook', secret: 's' }, { call, log, word }, stop.signal);
  await until(() => said.length > 0);
  stop.abort();
  await keeping;
  expect(said).toEqual([found]);
});
