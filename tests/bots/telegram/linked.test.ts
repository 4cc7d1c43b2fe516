import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Links } from '../../../src/bots/web/protocol.ts';
import { startTestApp, type TestApp } from '../../setup/app.ts';
import { until } from '../../setup/until.ts';
import { visit } from '../../setup/visitor.ts';
import { startTelegram, type TelegramDouble, token } from './double.ts';

const secret = 'the secret that host pages sign with, for tests';

describe('a verified visitor goes on in Telegram', () => {
  let app: TestApp;
  let telegram: TelegramDouble;
  beforeAll(async () => {
    telegram = await startTelegram();
    app = await startTestApp({ TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: telegram.root, WIDGET_SECRET: secret });
  });
  afterAll(async () => {
    await app.end();
    await telegram.close();
  });
  const identity = (sub: string, key = secret) =>
    new SignJWT({ name: 'Aysel' })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(sub)
      .setExpirationTime('5m')
      .sign(new TextEncoder().encode(key));
  const links = async (jwt: string) => {
    const response = await fetch(`${app.url}/chat/links`, { headers: { authorization: `Bearer ${jwt}` } });
    return { status: response.status, ...((await response.json()) as Links) };
  };
  const startOf = (url: string | undefined) => `/start ${new URL(url ?? '').searchParams.get('start')}`;
  const contactOf = async (channel: string, value: string) =>
    (
      await app.query<{ id: string; subject: string | null; protected: boolean }>(
        'select k.id, k.subject, k.protected from contact k join address a on a.contact_id = k.id where a.channel = $1 and a.value like $2',
        [channel, value],
      )
    )[0];

  test('the chat there is the same contact, its earlier history and protection come along, and the token is no words of theirs', async () => {
    const jwt = await identity('player-1');
    const visitor = await visit(app.url, { identity: jwt });
    await visitor.send('I forgot my password');
    await visitor.said(0);
    const aysel = telegram.chats.person();
    aysel.write('how long does a withdrawal take?');
    await until(() => aysel.texts().length >= 1);
    const before = await contactOf('telegram', String(aysel.user.id));
    await app.query('update contact set protected = true where id = $1', [before?.id]);
    const { links: found } = await links(jwt);
    expect(found).toMatchObject([
      { channel: 'telegram', label: 'Telegram', url: expect.stringMatching(/^https:\/\/t\.me\/demo_desk_bot\?start=[\w-]{43}$/) },
    ]);
    aysel.write(startOf(found[0]?.url));
    await until(() => aysel.texts().some((text) => /account is linked/.test(text)));
    const [there, web] = [await contactOf('telegram', String(aysel.user.id)), await contactOf('web', 'verified-%')];
    expect(there).toEqual({ id: web?.id, subject: 'player-1', protected: true });
    // What the token did is said at once; the words beside it are stored after that.
    const texts = await until(async () => {
      const rows = await app.query<{ text: string }>(
        'select text from message m join conversation c on c.id = m.conversation_id where c.contact_id = $1',
        [web?.id],
      );
      return rows.some(({ text }) => text === '/start') ? rows : undefined;
    });
    expect(texts.map(({ text }) => text)).toEqual(expect.arrayContaining(['I forgot my password', 'how long does a withdrawal take?']));
    expect(texts.some(({ text }) => /start [\w-]{43}/.test(text))).toBe(false);
    // That was the answer: nothing else is said to the start.
    aysel.write('I forgot my password');
    await until(() => aysel.texts().some((text) => /Forgot password/.test(text)));
    expect(aysel.texts()).toEqual([
      expect.stringMatching(/24 hours/),
      expect.stringMatching(/account is linked/),
      expect.stringMatching(/Forgot password/),
    ]);
    visitor.close();
  });

  test('a link works once, and never takes another verified person’s chat', async () => {
    const {
      links: [link],
    } = await links(await identity('player-2'));
    const [rauf, thief] = [telegram.chats.person(), telegram.chats.person()];
    rauf.write(startOf(link?.url));
    await until(() => rauf.texts().some((text) => /account is linked/.test(text)));
    thief.write(startOf(link?.url));
    await until(() => thief.texts().some((text) => /no longer works/.test(text)));
    expect((await until(() => contactOf('telegram', String(thief.user.id)))).subject).toBeNull();
    const other = await links(await identity('player-3'));
    rauf.write(startOf(other.links[0]?.url));
    await until(() => rauf.texts().some((text) => /belongs to another account/.test(text)));
    expect((await contactOf('telegram', String(rauf.user.id)))?.subject).toBe('player-2');
  });

  test('nobody gets a link whom the host page has not signed for', async () => {
    expect((await links(await identity('player-1', 'another secret, just as long as the right one'))).status).toBe(401);
    expect((await fetch(`${app.url}/chat/links`)).status).toBe(401);
  });
});
