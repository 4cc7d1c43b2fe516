import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createDiscordChannel } from '../../src/bots/discord/index.ts';
import { createEmailChannel } from '../../src/bots/email/index.ts';
import { createTelegramChannel } from '../../src/bots/telegram/index.ts';
import { type Channel, type Host, Undeliverable } from '../../src/conversation/channel.ts';
import { createLog } from '../../src/log.ts';
import { startDiscord } from './discord/double.ts';
import { startPost } from './email/post.ts';
import { startTelegram, token } from './telegram/double.ts';

const key = randomBytes(32);
// A process that only sends.
const host = {
  log: createLog('silent'),
  key: () => key,
  words: (_: string, word: string) => word,
  lease: async () => {},
} as unknown as Host;
const said = {
  subject: 'Demobet: ticket 1042-K is waiting',
  text: 'A ticket is waiting:\n\n- [1042-K](https://demobet.example/desk#/all/1)',
};
const sending = { id: 'notice-1', attempt: 1, at: new Date('2026-03-04T09:00:00Z') };

async function started(channel: Channel | undefined): Promise<Channel & Required<Pick<Channel, 'tell'>>> {
  await channel?.start(host);
  if (!channel?.tell) throw new Error('this channel tells nobody anything');
  return channel as Awaited<ReturnType<typeof started>>;
}

test('a word to staff by mail is a new letter with its own subject, marked as automatic, the same at every attempt', async () => {
  const post = await startPost({ deliver: async () => {} }, []);
  const settings = {
    IMAP_URL: 'imap://support%40demobet.example:x@127.0.0.1:1',
    SMTP_URL: post.url,
    MAIL_FROM: 'support@demobet.example',
    ROLES: ['deliveries'],
  };
  const channel = await started(createEmailChannel(settings));
  await channel.tell('team@demobet.example', said, sending);
  await channel.tell('team@demobet.example', said, { ...sending, attempt: 2 });
  const [first, second] = post.to('team@demobet.example');
  expect(first?.mail.subject).toBe(said.subject);
  expect(first?.mail.text).toContain('https://demobet.example/desk#/all/1');
  expect(first?.header('auto-submitted')).toBe('auto-replied');
  expect(first?.header('x-destek')).toBeTruthy();
  expect(first?.header('in-reply-to')).toBeUndefined();
  expect(second?.mail.messageId).toBe(first?.mail.messageId);
  await expect(channel.tell('nobody', said, sending)).rejects.toBeInstanceOf(Undeliverable);
  await channel.stop();
  await post.stop();
});

test('a word to staff reaches a Telegram chat', async () => {
  const telegram = await startTelegram();
  const channel = await started(
    createTelegramChannel({ TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: telegram.root, ROLES: ['deliveries'] }),
  );
  const { user } = telegram.chats.person();
  await channel.tell(String(user.id), said, sending);
  expect(JSON.stringify(telegram.chats.messagesIn(user.id))).toContain('https://demobet.example/desk#/all/1');
  await expect(channel.tell('@staff', said, sending)).rejects.toMatchObject({ code: 'bad-address' });
  await channel.stop();
  await telegram.close();
});

test('a word to staff reaches a Discord channel, once in its window', async () => {
  const discord = await startDiscord();
  const channel = await started(
    createDiscordChannel({ DISCORD_BOT_TOKEN: discord.token, DISCORD_API_ROOT: discord.root, ROLES: ['deliveries'] }),
  );
  const place = discord.channel();
  await channel.tell(place, said, sending);
  await channel.tell(place, said, { ...sending, attempt: 2 });
  expect(discord.said(place).map(({ content }) => content)).toEqual([expect.stringContaining('https://demobet.example/desk#/all/1')]);
  await expect(channel.tell('general', said, sending)).rejects.toMatchObject({ code: 'bad-address' });
  await channel.stop();
  await discord.close();
});
