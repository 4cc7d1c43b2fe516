import net, { type AddressInfo } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../setup/app.ts';
import { createRefusingStore } from '../../setup/refusing-store.ts';
import { until } from '../../setup/until.ts';
import { startTelegram, type TelegramDouble, token } from './double.ts';
import { pictures } from './updates.ts';

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('webhook', () => {
  let telegram: TelegramDouble;
  let app: TestApp;
  let url: string;
  beforeAll(async () => {
    telegram = await startTelegram();
    const port = await freePort();
    url = `http://127.0.0.1:${port}/telegram/updates`;
    app = await startTestApp({
      TELEGRAM_BOT_TOKEN: token,
      TELEGRAM_API_ROOT: telegram.root,
      TELEGRAM_WEBHOOK_URL: url,
      PORT: String(port),
    });
  });
  afterAll(async () => {
    await telegram.close();
    await app.end();
  });
  const fetchInfo = async () =>
    ((await (await fetch(`${telegram.root}/bot${token}/getWebhookInfo`)).json()) as { result: { last_error_message?: string } }).result;
  const texts = async (chat: number) =>
    (
      await app.query<{ text: string }>(
        'select m.text from message m join address a on a.id = m.address_id where m.author = $1 and a.value = $2 order by m.seq',
        ['contact', chat],
      )
    ).map(({ text }) => text);

  test('is registered with a secret and looked after; a question gets its answer', async () => {
    const set = await until(() => telegram.calls.find(({ method }) => method === 'setWebhook'));
    expect(set.payload).toMatchObject({ url, secret_token: expect.stringMatching(/^[\w-]{32,256}$/) });
    await until(() => telegram.calls.some(({ method }) => method === 'getWebhookInfo'));
    const aysel = telegram.chats.person();
    aysel.write('how long does a withdrawal take?');
    await until(() => aysel.texts().some((text) => /24 hours/.test(text)));
    expect(telegram.calls.some(({ method }) => method === 'getUpdates')).toBe(false);
  });

  test('who does not know the secret is refused', async () => {
    const update = {
      update_id: 1,
      message: {
        message_id: 1,
        date: 1,
        text: 'forged',
        from: { id: 9, is_bot: false, first_name: 'X' },
        chat: { id: 9, type: 'private' },
      },
    };
    for (const headers of [{}, { 'x-telegram-bot-api-secret-token': 'guess' }]) {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(update),
      });
      expect(answer.status).toBe(403);
    }
    expect(await texts(9)).toEqual([]);
  });

  test('an album is one message, and what follows comes after it', async () => {
    const aysel = telegram.chats.person();
    for (const picture of pictures) aysel.send(picture);
    aysel.write('is this right?');
    await until(async () => (await texts(aysel.user.id)).length === 2);
    expect(await texts(aysel.user.id)).toEqual(['both sides of my card', 'is this right?']);
    const [row] = await app.query<{ body: { attachments: unknown[] } }>('select body from message where text = $1', [
      'both sides of my card',
    ]);
    expect(row?.body.attachments).toHaveLength(3);
  });

  test('a store slower than the sender’s patience: what is sent again and again meanwhile is kept once and answered once', async () => {
    const set = await until(() => telegram.calls.find(({ method }) => method === 'setWebhook'));
    const { secret_token } = set.payload as { secret_token: string };
    const aysel = telegram.chats.person();
    const update = {
      update_id: 77_000_001,
      message: {
        message_id: 900,
        date: Math.floor(Date.now() / 1000),
        chat: { ...aysel.user, type: 'private' },
        from: aysel.user,
        text: 'how long does a withdrawal take?',
      },
    };
    const send = (ms: number) =>
      fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': secret_token },
        body: JSON.stringify(update),
        signal: AbortSignal.timeout(ms),
      });
    const holder = new pg.Client({ connectionString: app.databaseUrl });
    await holder.connect();
    await holder.query('begin');
    await holder.query('lock table message in access exclusive mode');
    for (let n = 0; n < 5; n++) await expect(send(250)).rejects.toThrow(/timeout/);
    await holder.query('commit');
    await holder.end();
    expect((await send(9_000)).status).toBe(200);
    await until(() => aysel.texts().some((text) => /24 hours/.test(text)));
    expect(await texts(aysel.user.id)).toEqual(['how long does a withdrawal take?']);
    expect(aysel.texts().filter((text) => /24 hours/.test(text))).toHaveLength(1);
  });

  test('while the store is away Telegram is told to come again, and nothing is lost or doubled', async () => {
    const aysel = telegram.chats.person();
    const store = createRefusingStore(app.databaseUrl);
    await store.refuse('true');
    aysel.write('is anybody there?');
    await until(async () => /503/.test((await fetchInfo()).last_error_message ?? ''));
    expect(telegram.pending().length).toBe(1);
    await store.takeAgain();
    await store.close();
    await until(() => telegram.pending().length === 0);
    expect(await texts(aysel.user.id)).toEqual(['is anybody there?']);
  });
});
