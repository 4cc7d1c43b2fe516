import { afterAll, beforeAll, expect, test } from 'vitest';
import { nameOfBot } from '../../../src/bots/discord/source.ts';
import type { SourceState } from '../../../src/conversation/source.ts';
import { until } from '../../setup/until.ts';
import { startTogether, type Together } from './setup.ts';

let together: Together;
let name: string;
beforeAll(async () => {
  together = await startTogether({}, { heartbeatMs: 300 });
  name = nameOfBot(together.discord.token, together.discord.root);
});
afterAll(() => together.end());
const state = async () =>
  (await together.app.query<{ value: SourceState }>('select value from cursor where name = $1', [`source:${name}`]))[0]?.value;

test('the bot is named by its server and its id, never by its token', () => {
  expect(name).toBe(`${new URL(together.discord.root).host}/123456789012345678`);
  expect(nameOfBot('no token of Discord’s')).toBe('discord.com');
});

test('a gateway that is away stands in the record until it lets us in again, and heartbeats say that it works', async () => {
  const { gateway } = together.discord;
  await until(async () => (await state())?.at && !(await state())?.fault);
  gateway.away = true;
  gateway.drop();
  await until(async () => (await state())?.fault?.code === 'away');
  gateway.away = false;
  await until(async () => !(await state())?.fault);
});

test('intents that are refused stand in the record as a refusal', async () => {
  const { gateway } = together.discord;
  await until(async () => {
    // On whichever connection there is: one whose heartbeats were late may just be made anew.
    gateway.drop(4014);
    return (await state())?.fault?.code === 'refused';
  });
});
