import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkBot } from '../../../src/bots/discord/check.ts';
import { createRest } from '../../../src/bots/discord/rest.ts';
import { createSend } from '../../../src/bots/discord/send.ts';
import { createTyping } from '../../../src/bots/discord/typing.ts';
import type { Host } from '../../../src/conversation/channel.ts';
import { createLog } from '../../../src/log.ts';
import { type DiscordDouble, startDiscord } from './double.ts';

let discord: DiscordDouble;
let rest: ReturnType<typeof createRest>;
beforeAll(async () => {
  discord = await startDiscord();
  rest = createRest(discord.token, discord.root, createLog('silent'));
});
afterAll(async () => {
  rest.stop();
  await discord.close();
});
const typed = (channel: string) => discord.seen.requests.filter(({ path }) => path === `/channels/${channel}/typing`).length;

test('files that an agent sends go out as bytes under their words; sent again, they are shown once', async () => {
  const host = {
    files: { open: async (id: string) => ({ name: `${id}.txt`, type: 'text/plain', size: 5, bytes: Buffer.from(`file ${id}`) }) },
  } as unknown as Host;
  const send = createSend({ host, rest, homes: {} as never, point: async () => {} });
  const { direct } = discord.person();
  const attachments = ['one', 'two'].map((file) => ({ name: file, type: 'text/plain', size: 5, file }));
  const sending = { id: '7.0', messageId: 7, seq: 1, attempt: 1, author: 'agent' as const, at: new Date() };
  for (const text of ['Here are **both**.', 'Here are **both**.']) await send(direct, { type: 'attachment', text, attachments }, sending);
  expect(discord.said(direct)).toMatchObject([
    {
      content: 'Here are **both**.',
      attachments: [
        { name: 'one.txt', type: 'text/plain', text: 'file one' },
        { name: 'two.txt', type: 'text/plain', text: 'file two' },
      ],
    },
  ]);
});

describe('typing', () => {
  test('is asked for once while Discord shows it, and never where others read along', async () => {
    const typing = createTyping(rest);
    const [{ direct }, channel] = [discord.person(), discord.channel()];
    for (let n = 0; n < 3; n++) await typing(direct);
    await typing(`${channel}:${discord.newId()}`);
    expect([typed(direct), typed(channel)]).toEqual([1, 0]);
  });

  test('a limit is a reason to leave it out', async () => {
    discord.trouble({
      method: 'POST',
      path: /typing$/,
      times: 1,
      does: { status: 429, body: { retry_after: 30, message: 'x' }, headers: { 'retry-after': '30' } },
    });
    await createTyping(rest)(discord.person().direct);
  });
});

describe('destek doctor', () => {
  test('says who answers and where the gateway is', async () => {
    expect(await checkBot(discord.token, discord.root)).toMatch(/^destek answers at .* the gateway is 127\.0\.0\.1:\d+$/);
  });

  test('names a token that Discord does not know, and a server that is not there', async () => {
    await expect(checkBot('not the token', discord.root)).rejects.toThrow(/DISCORD_BOT_TOKEN.*developer portal/);
    await expect(checkBot(discord.token, 'http://127.0.0.1:9/api')).rejects.toThrow(/cannot be reached \(ECONNREFUSED\)/);
  });
});
