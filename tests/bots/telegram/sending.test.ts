import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { checkBot } from '../../../src/bots/telegram/check.ts';
import { createCall } from '../../../src/bots/telegram/client.ts';
import { startTestApp, type TestApp } from '../../setup/app.ts';
import { until } from '../../setup/until.ts';
import { startTelegram, type TelegramDouble, token } from './double.ts';
import { withEntities } from './double-chats.ts';

let telegram: TelegramDouble;
let app: TestApp;
beforeAll(async () => {
  telegram = await startTelegram();
  app = await startTestApp({ TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: telegram.root });
});
afterEach(() => telegram.refuse(undefined));
afterAll(async () => {
  await app.end();
  await telegram.close();
});

const question = 'how long does a withdrawal take?';
const deliveries = (chat: number | string) =>
  app.query<{ delivery: string; failure: string | null }>(
    'select m.delivery, m.failure from message m join address a on a.id = m.address_id where m.author <> $1 and a.value = $2 order by m.id',
    ['contact', chat],
  );

describe('sending', () => {
  test('the commands are listed in three languages and for everybody else', async () => {
    const set = await until(() => {
      const calls = telegram.calls.filter(({ method }) => method === 'setMyCommands');
      return calls.length === 4 ? calls : undefined;
    });
    expect(set.map(({ payload }) => payload.language_code)).toEqual([undefined, 'tr', 'en', 'az']);
    expect(set[1]?.payload.commands[1]).toEqual({ command: 'human', description: 'Bir yetkiliyle görüşün' });
  });

  test('a storm of 429: everything arrives once, in order, and Telegram is asked no sooner than it said', async () => {
    const held = new Map<number, number>();
    let tooSoon = 0;
    const stormEnds = Date.now() + 2_500;
    telegram.refuse((method, { chat_id }) => {
      if (method !== 'sendMessage') return undefined;
      if (Date.now() < (held.get(chat_id) ?? 0)) tooSoon++;
      if (Date.now() > stormEnds) return undefined;
      held.set(chat_id, Date.now() + 1_000);
      return { error_code: 429, description: 'Too Many Requests: retry after 1', parameters: { retry_after: 1 } };
    });
    const people = Array.from({ length: 20 }, () => telegram.chats.person());
    for (const { write } of people) write(question);
    for (const { user } of people) await until(async () => (await deliveries(user.id)).length === 1);
    for (const { write } of people) write('I forgot my password');
    for (const { texts } of people) await until(() => texts().length >= 2, 14_000);
    await new Promise((resolve) => setTimeout(resolve, 500));
    for (const { texts } of people)
      expect(texts()).toEqual([expect.stringMatching(/automatic assistant[\s\S]*24 hours/), expect.stringMatching(/Forgot password/)]);
    expect(tooSoon).toBe(0);
    // Noted after it arrived.
    for (const { user } of people) {
      await until(async () => (await deliveries(user.id)).every(({ delivery }) => delivery === 'sent'));
      expect(await deliveries(user.id)).toHaveLength(2);
    }
  }, 30_000);

  test('entities that Telegram refuses: the text is sent plain, with its links', async () => {
    telegram.refuse((method, { entities }) =>
      method === 'sendMessage' && entities?.length
        ? { error_code: 400, description: "Bad Request: can't parse entities: unexpected entity" }
        : undefined,
    );
    const aysel = telegram.chats.person();
    aysel.write('I forgot my password');
    await until(() => aysel.texts().some((text) => /Forgot password/.test(text)));
    expect(aysel.texts()[0]).toContain('privacy notice (https://demobet.example/privacy)');
    await until(async () => (await deliveries(aysel.user.id)).every(({ delivery }) => delivery === 'sent'));
  });

  test('Telegram is away: it is tried again until it is back', async () => {
    let tries = 0;
    telegram.refuse((method) => (method === 'sendMessage' && tries++ < 3 ? { error_code: 502, description: 'Bad Gateway' } : undefined));
    const aysel = telegram.chats.person();
    aysel.write(question);
    await until(() => aysel.texts().length === 1, 14_000);
  }, 20_000);

  test('somebody who blocked the bot: the reply fails with the reason and the address is known to be unreachable', async () => {
    telegram.refuse((method) =>
      method === 'sendMessage' ? { error_code: 403, description: 'Forbidden: bot was blocked by the user' } : undefined,
    );
    const aysel = telegram.chats.person();
    aysel.write(question);
    await until(async () => (await deliveries(aysel.user.id)).some(({ failure }) => failure === 'blocked'));
    await until(
      async () => (await app.query('select 1 from address where value = $1 and unreachable = $2', [aysel.user.id, 'blocked'])).length === 1,
    );
    // Nobody has told them yet who answers.
    telegram.refuse(undefined);
    aysel.write('how long does a withdrawal take, please?');
    await until(() => aysel.texts().length === 1);
    expect(aysel.texts()[0]).toContain('automatic assistant');
  });

  test('buttons: the press is answered, the keyboard goes away, a second press and an old button do no harm', async () => {
    const aysel = telegram.chats.person();
    aysel.write(question);
    const offered = await until(() => aysel.sent().find(({ reply_markup }) => reply_markup));
    const buttons = structuredClone(offered);
    aysel.press(/yes/i);
    await until(() => aysel.texts().some((text) => /Glad to hear/.test(text)));
    await until(() => aysel.sent().every(({ reply_markup }) => !reply_markup));
    // The answer and the keyboard's end go out at once, on lines of their own.
    await until(() => telegram.chats.answered.at(-1)?.callback_query_id);
    const before = aysel.texts().length;
    const [row] = buttons.reply_markup?.inline_keyboard ?? [];
    for (const button of row ?? [])
      telegram.push({
        callback_query: {
          id: `late-${button.text}`,
          from: aysel.user,
          message: buttons,
          chat_instance: '1',
          data: 'callback_data' in button ? button.callback_data : '',
        },
      });
    telegram.push({
      callback_query: { id: 'forged', from: aysel.user, message: buttons, chat_instance: '1', data: '#nobody-offered-this' },
    });
    await until(() => telegram.chats.answered.find(({ callback_query_id }) => callback_query_id === 'forged'));
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(aysel.texts()).toHaveLength(before);
    expect(
      telegram.chats.answered
        .filter(({ callback_query_id }) => callback_query_id.startsWith('late-'))
        .every(({ text }) => /already answered/.test(text)),
    ).toBe(true);
  });

  test('somebody types: the contact sees it', async () => {
    const { createTelegramChannel } = await import('../../../src/bots/telegram/index.ts');
    const channel = createTelegramChannel({ TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: telegram.root, ROLES: [] });
    const shown = () => telegram.calls.filter(({ method, payload }) => method === 'sendChatAction' && payload.chat_id === 599999999);
    for (let n = 0; n < 3; n++) await channel?.typing?.('599999999');
    // Asked once while Telegram shows it.
    expect(shown()).toMatchObject([{ payload: { action: 'typing' } }]);
    expect([channel?.isPublic?.('599999999'), channel?.isPublic?.('-100:599999999')]).toEqual([false, true]);
  });
});

describe('destek doctor', () => {
  const check = (over: { token?: string; root?: string; url?: string } = {}) =>
    checkBot(createCall(over.token ?? token, over.root ?? telegram.root), { root: over.root ?? telegram.root, url: over.url });

  test('says who answers and how much waits', async () => {
    expect(await check()).toMatch(/^@demo_desk_bot answers at http.*, \d+ messages wait there$/);
  });

  test('names a token that Telegram does not know, a server that is not there, a webhook that is not ours', async () => {
    await expect(check({ token: '7:not-the-token-of-any-bot-at-all' })).rejects.toThrow(/TELEGRAM_BOT_TOKEN.*@BotFather/);
    await expect(check({ root: 'http://127.0.0.1:9' })).rejects.toThrow(/cannot be reached.*TELEGRAM_API_ROOT/);
    telegram.refuse((method) =>
      method === 'getWebhookInfo' ? ({ url: 'https://other.example/hook', pending_update_count: 0 } as never) : undefined,
    );
    await expect(check()).rejects.toThrow(/webhook at other\.example/);
    await expect(check({ url: 'https://ours.example/telegram' })).rejects.toThrow(/to other\.example, not to TELEGRAM_WEBHOOK_URL/);
  });
});

describe('groups', () => {
  const group = () =>
    telegram.chats.addChat({ id: -400_000_000 - Math.floor(Math.random() * 1e6), type: 'group' as const, title: 'Players' });
  const say = (chat: ReturnType<typeof group>, user: ReturnType<TelegramDouble['chats']['person']>['user'], text: string) => {
    const message = telegram.chats.add(chat as never, user, withEntities(text));
    telegram.push({ message });
    return message;
  };

  test('the bot answers who names it, in reply, with the way to a private chat, and nobody else', async () => {
    const players = group();
    const [aysel, rauf] = [telegram.chats.person().user, telegram.chats.person().user];
    say(players, rauf, question);
    const asked = say(players, aysel, `@${telegram.username} ${question}`);
    const answer = await until(() => telegram.chats.messagesIn(players.id).find(({ text }) => /24 hours/.test(text)));
    expect(answer.reply_to_message?.message_id).toBe(asked.message_id);
    expect(answer.reply_markup?.inline_keyboard.at(-1)).toEqual([
      { text: 'Write to me privately', url: `https://t.me/${telegram.username}?start=group` },
    ]);
    const addresses = await app.query<{ value: string }>('select value from address where value like $1', [`${players.id}:%`]);
    expect(addresses).toEqual([{ value: `${players.id}:${aysel.id}` }]);
    telegram.chats.pressIn(players.id, rauf, /yes/i);
    await until(() => telegram.chats.answered.some(({ text }) => /somebody else/.test(text ?? '')));
    expect(telegram.chats.messagesIn(players.id).some(({ text }) => /Glad to hear/.test(text))).toBe(false);
  });

  test('a group that becomes a supergroup keeps its conversations, whether Telegram tells it first or refuses a reply', async () => {
    const before = group();
    const after = telegram.chats.addChat({ id: before.id - 1_000_000_000_000, type: 'supergroup' as const, title: 'Players' });
    const aysel = telegram.chats.person().user;
    say(before, aysel, `@${telegram.username} ${question}`);
    await until(() => telegram.chats.messagesIn(before.id).length >= 1);
    telegram.chats.migrate(before.id, after.id);
    say(before, aysel, `@${telegram.username} I forgot my password`);
    await until(() => telegram.chats.messagesIn(after.id).some(({ text }) => /Forgot password/.test(text)));
    const addresses = await app.query<{ value: string }>('select value from address where value like $1', [`%:${aysel.id}`]);
    expect(addresses).toEqual([{ value: `${after.id}:${aysel.id}` }]);
    say(after as never, aysel, `@${telegram.username} thanks`);
    await until(async () => (await app.query('select 1 from message where text = $1', ['thanks'])).length === 1);
    const conversations = await app.query(
      'select distinct conversation_id from message m join address a on a.id = m.address_id where a.value = $1',
      [`${after.id}:${aysel.id}`],
    );
    expect(conversations).toHaveLength(1);
  });

  test('a group that becomes a supergroup while nobody is answered', async () => {
    const before = group();
    const after = telegram.chats.addChat({ id: before.id - 1_000_000_000_000, type: 'supergroup' as const, title: 'Players' });
    const aysel = telegram.chats.person().user;
    say(before, aysel, `@${telegram.username} ${question}`);
    await until(() => telegram.chats.messagesIn(before.id).length >= 1);
    telegram.push({ message: telegram.chats.add(before, aysel, { migrate_to_chat_id: after.id }) });
    await until(() => telegram.pending().length === 0);
    say(after as never, aysel, `@${telegram.username} I forgot my password`);
    await until(() => telegram.chats.messagesIn(after.id).some(({ text }) => /Forgot password/.test(text)));
    const addresses = await app.query<{ value: string }>('select value from address where value like $1', [`%:${aysel.id}`]);
    expect(addresses).toEqual([{ value: `${after.id}:${aysel.id}` }]);
  });
});
