import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AnnouncementLine, AnnouncementList, AnnouncementPreview } from '../../../src/server/desk/announce-protocol.ts';
import { type DiscordDouble, startDiscord } from '../../bots/discord/double.ts';
import { startTelegram, type TelegramDouble, token } from '../../bots/telegram/double.ts';
import { startTestApp, type TestApp } from '../../setup/app.ts';
import { type DeskAgent, signIn } from '../../setup/desk.ts';
import { until } from '../../setup/until.ts';
import { visit } from '../../setup/visitor.ts';

describe('announcements', () => {
  let app: TestApp;
  let telegram: TelegramDouble;
  let discord: DiscordDouble;
  let suna: DeskAgent;
  beforeAll(async () => {
    telegram = await startTelegram();
    discord = await startDiscord();
    app = await startTestApp({
      TELEGRAM_BOT_TOKEN: token,
      TELEGRAM_API_ROOT: telegram.root,
      DISCORD_BOT_TOKEN: discord.token,
      DISCORD_API_ROOT: discord.root,
    });
    telegram.chats.addChat({ id: -1001, type: 'channel', title: 'Demobet', username: 'demobet_news' });
    suna = await signIn(app, { role: 'supervisor' });
    await until(() => discord.gateway.connected());
  });
  afterAll(async () => {
    await app.end();
    await telegram.close();
    await discord.close();
  });

  const texts = {
    tr: 'Bakım **bu gece** 02:00’de.',
    en: 'Maintenance **tonight** at 02:00.',
    az: 'Texniki işlər **bu gecə** saat 02:00-da.',
  };
  const news = () => telegram.chats.messagesIn(-1001).map(({ text }) => text);
  const announce = async (wish: object) => {
    const { status, body } = await suna.call<{ id: number; message?: string }>('POST', '/api/desk/announcements', { texts, ...wish });
    return { status, id: body.id, message: body.message };
  };
  const list = async () => (await suna.call<AnnouncementList>('GET', '/api/desk/announcements')).body.announcements;
  const line = async (id: number) => (await list()).find((each) => each.id === id) as AnnouncementLine;
  const states = async (id: number) => (await line(id)).places.map(({ state }) => state);

  test('an announcement reaches a Telegram channel, a Discord channel and the banner, each in its languages', async () => {
    const channel = discord.channel();
    const { id } = await announce({
      places: [
        { channel: 'telegram', place: '@demobet_news', languages: ['tr', 'en'] },
        { channel: 'discord', place: channel, languages: ['az'] },
      ],
      banner: true,
    });
    await until(async () => (await line(id)).state === 'done');
    expect(await states(id)).toEqual(['sent', 'sent']);
    expect(news()).toEqual(['Bakım bu gece 02:00’de.\n\n——\n\nMaintenance tonight at 02:00.']);
    expect(telegram.chats.messagesIn(-1001)[0]?.entities).toEqual([
      { type: 'bold', offset: 6, length: 7 },
      { type: 'bold', offset: 41, length: 7 },
    ]);
    expect(discord.said(channel).map(({ content }) => content)).toEqual(['Texniki işlər **bu gecə** saat 02:00\\-da.'.replace('\\-', '-')]);
    const banner = async (language: string) => (await fetch(`${app.url}/chat/banner?language=${language}`)).json();
    expect(await banner('az')).toEqual({ banners: [{ id, text: texts.az }] });
    expect(await banner('de')).toEqual({ banners: [{ id, text: texts.tr }] });
    await suna.call('POST', `/api/desk/announcements/${id}/stop`);
    expect(await banner('tr')).toEqual({ banners: [] });
  });

  test('the preview shows the messages of every place and sends none', async () => {
    const before = telegram.calls.length;
    const long = { en: `${'A long sentence about maintenance. '.repeat(180)}` };
    const { body } = await suna.call<AnnouncementPreview>('POST', '/api/desk/announcements/preview', {
      texts: long,
      places: [
        { channel: 'telegram', place: '@demobet_news', languages: ['en'] },
        { channel: 'discord', place: '1', languages: ['en'] },
      ],
    });
    expect(body.places.map(({ messages }) => messages.length)).toEqual([2, 4]);
    expect(telegram.calls.slice(before).filter(({ method }) => method === 'sendMessage')).toEqual([]);
  });

  test('what is wrong with an announcement is said: no text, no place, a channel that is off, a language without a text', async () => {
    expect(await announce({ texts: { tr: ' ' }, banner: true })).toMatchObject({ status: 400, message: expect.stringMatching(/no text/) });
    expect(await announce({})).toMatchObject({ status: 400, message: expect.stringMatching(/goes nowhere/) });
    expect(await announce({ places: [{ channel: 'email', place: 'x' }] })).toMatchObject({
      status: 400,
      message: expect.stringMatching(/telegram, discord/),
    });
    expect(await announce({ texts: { en: 'x' }, places: [{ channel: 'telegram', place: '@a', languages: ['az'] }] })).toMatchObject({
      status: 400,
      message: expect.stringMatching(/no text in it/),
    });
  });

  test('a later one waits for its time; a stopped one goes on only where it has not been', async () => {
    const before = news().length;
    const later = await announce({
      places: [{ channel: 'telegram', place: '@demobet_news' }],
      startsAt: new Date(Date.now() + 3_600_000).toISOString(),
    });
    const channels = Array.from({ length: 4 }, () => discord.channel());
    const { id } = await announce({ places: channels.map((place) => ({ channel: 'discord', place, languages: ['en'] })) });
    await until(async () => (await states(id)).filter((state) => state === 'sent').length >= 2);
    await suna.call('POST', `/api/desk/announcements/${id}/stop`);
    const sent = (await states(id)).filter((state) => state !== 'pending').length;
    await new Promise((resolve) => setTimeout(resolve, 2_200));
    expect((await states(id)).filter((state) => state === 'sent')).toHaveLength(sent);
    await suna.call('POST', `/api/desk/announcements/${id}/resume`);
    await until(async () => (await line(id)).state === 'done');
    expect(channels.map((channel) => discord.said(channel).length)).toEqual([1, 1, 1, 1]);
    expect(news()).toHaveLength(before);
    expect((await line(later.id)).state).toBe('scheduled');
  });

  test('a place that cannot be reached fails with the reason, and the others get theirs', async () => {
    const { id } = await announce({
      places: [
        { channel: 'telegram', place: '@nobody_here', languages: ['en'] },
        { channel: 'telegram', place: '@demobet_news', languages: ['en'] },
      ],
    });
    await until(async () => (await line(id)).state === 'done');
    expect((await line(id)).places).toMatchObject([{ state: 'failed', failure: 'gone' }, { state: 'sent' }]);
  });

  test('a contact is told at their own address and an agent sees it; a protected one never is', async () => {
    const [aysel, murad] = [telegram.chats.person(), telegram.chats.person({ language_code: 'en' })];
    for (const person of [aysel, murad]) person.write('how long does a withdrawal take?');
    for (const person of [aysel, murad]) await until(() => person.texts().length >= 1);
    const idOf = async (chat: number) =>
      Number((await app.query<{ id: string }>('select contact_id as id from address where value = $1', [String(chat)]))[0]?.id);
    await app.query('update contact set protected = true where id = $1', [await idOf(murad.user.id)]);
    const { id } = await announce({ contacts: [await idOf(aysel.user.id), await idOf(murad.user.id)] });
    await until(async () => (await line(id)).state === 'done');
    expect(await states(id)).toEqual(['sent', 'withheld']);
    expect(aysel.texts().at(-1)).toBe('Maintenance tonight at 02:00.');
    expect(murad.texts()).toHaveLength(1);
    const kept = await app.query(
      "select text from message m join address a on a.id = m.address_id where a.value = $1 and m.author = 'system'",
      [String(aysel.user.id)],
    );
    expect(kept).toEqual([{ text: texts.en }]);
  });

  test('what is asked for again, as after an answer that was lost, is made once and goes out once', async () => {
    const wish = {
      id: 'asked-for-twice',
      texts: { en: 'Said once.' },
      places: [{ channel: 'telegram', place: '@demobet_news', languages: ['en'] }],
    };
    const made = await Promise.all([announce(wish), announce(wish)]);
    made.push(await announce({ ...wish, id: 'another-of-the-same' }), await announce(wish));
    const [first, , other] = made.map(({ id }) => id);
    expect(made.map(({ id }) => id)).toEqual([first, first, other, first]);
    expect(other).not.toBe(first);
    for (const id of [first, other]) await until(async () => (await line(Number(id))).state === 'done');
    expect(news().filter((text) => text === 'Said once.')).toHaveLength(2);
    expect(await app.query("select from event where kind = 'announcement' and data->>'announcementId' = $1", [String(first)])).toHaveLength(
      1,
    );

    const notice = { id: 'notice-asked-twice', texts: { en: 'slow.' }, topics: ['money/payout-time'], endsAt: '2020-01-01T00:00:00Z' };
    const ask = async () => (await suna.call<{ id: number }>('POST', '/api/desk/notices', notice)).body.id;
    const asked = await ask();
    expect(await Promise.all([ask(), ask()])).toEqual([asked, asked]);
    expect(await app.query('select from notice where client_id = $1', [notice.id])).toHaveLength(1);
  });

  test('agents may not announce', async () => {
    const agent = await signIn(app);
    expect((await agent.call('POST', '/api/desk/announcements', { texts, banner: true })).status).toBe(403);
  });

  test('a service notice stands before the answers on its topics, in the language of the answer, while it holds', async () => {
    const visitor = await visit(app.url);
    const wish = { texts: { tr: 'para çekmeler yavaş.', en: 'withdrawals are slow.' }, topics: ['money/payout-time'] };
    expect((await suna.call('POST', '/api/desk/notices', { ...wish, topics: ['money/nowhere'] })).status).toBe(400);
    const { body } = await suna.call<{ id: number }>('POST', '/api/desk/notices', wish);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await visitor.send('how long does a withdrawal take?');
    const answer = await until(() => visitor.messages.find(({ text }) => /24 hours/.test(text)));
    expect(answer.text).toMatch(/automatic assistant[^\n]*\n\n\*\*Right now:\*\* withdrawals are slow\.\n\n[^\n]*24 hours/);
    await visitor.send('I forgot my password');
    expect((await until(() => visitor.messages.find(({ text }) => /Forgot password/.test(text)))).text).not.toMatch(/Right now/);
    await suna.call('POST', `/api/desk/notices/${body.id}/end`);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await visitor.send('how long does a withdrawal take?');
    const second = await until(() => visitor.messages.filter(({ text }) => /24 hours/.test(text))[1]);
    expect(second.text).not.toMatch(/Right now/);
    visitor.close();
  });
});
