import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { countInvalidRequests } from '../../../src/bots/discord/invalid.ts';
import { createRest, type Rest } from '../../../src/bots/discord/rest.ts';
import { RetryLater, Undeliverable } from '../../../src/conversation/channel.ts';
import { createLog } from '../../../src/log.ts';
import { type DiscordDouble, startDiscord } from './double.ts';

let discord: DiscordDouble;
let rest: Rest;
beforeAll(async () => {
  discord = await startDiscord();
  rest = createRest(discord.token, discord.root, createLog('silent'));
});
afterAll(async () => {
  rest.stop();
  await discord.close();
});
const post = (channel: string, content = 'x', attempt = 0) =>
  rest.call('post', `/channels/${channel}/messages`, { body: { content }, attempt }).catch((error) => error) as Promise<RetryLater>;

test.each([
  [50007, 403, 'dm-closed'],
  [50278, 403, 'dm-closed'],
  [50013, 403, 'forbidden'],
  [10003, 404, 'gone'],
  [99999, 403, 'forbidden'],
])('code %i with HTTP %i can never be delivered: %s', async (code, status, why) => {
  const { direct } = discord.person();
  discord.trouble({ method: 'POST', path: new RegExp(direct), times: 1, does: { status, body: { code, message: 'no' } } });
  expect(await post(direct)).toMatchObject({ name: 'Undeliverable', code: why });
});

test('a limit is told at once with its time, and nothing is asked meanwhile by itself', async () => {
  const { direct } = discord.person();
  const headers = { 'retry-after': '30', 'x-ratelimit-scope': 'user' };
  discord.trouble({
    method: 'POST',
    path: new RegExp(direct),
    times: 1,
    does: { status: 429, body: { message: 'slow down', retry_after: 30, global: false }, headers },
  });
  const started = Date.now();
  const error = await post(direct);
  expect(error).toBeInstanceOf(RetryLater);
  expect(error.afterMs).toBeGreaterThanOrEqual(30_000);
  // Long before those thirty seconds are over.
  expect(Date.now() - started).toBeLessThan(15_000);
});

test('trouble at Discord or on the way is for later, later each time', async () => {
  const { direct } = discord.person();
  const path = new RegExp(direct);
  discord.trouble({ method: 'POST', path, times: 1, does: { status: 500 } }, { method: 'POST', path, times: 1, does: 'cut' });
  expect(await post(direct, 'x', 1)).toMatchObject({ name: 'RetryLater', afterMs: 1_000 });
  expect(await post(direct, 'x', 3)).toMatchObject({ name: 'RetryLater', afterMs: 4_000 });
});

test('a message that Discord finds wrong is a bug, and its text is in no error', async () => {
  const { direct } = discord.person();
  const error = await post(direct, 'secret '.repeat(400));
  expect(error).not.toBeInstanceOf(RetryLater);
  expect(error).not.toBeInstanceOf(Undeliverable);
  expect(`${error.message} ${error.stack} ${JSON.stringify(error)}`).not.toContain('secret');
});

test('a refused token stops all requests for a minute instead of counting towards a ban', async () => {
  const log = { ...createLog('silent'), error: vi.fn() };
  const other = createRest('wrong-token-wrong-token', discord.root, log as never);
  const before = discord.seen.requests.length;
  const tries = await Promise.all([1, 2].map(() => other.call('get', '/gateway/bot').catch((error) => error)));
  const later = (await other.call('get', '/gateway/bot').catch((error) => error)) as RetryLater;
  expect([...tries, later].every((error) => error instanceof RetryLater)).toBe(true);
  expect(later.afterMs).toBeGreaterThan(50_000);
  expect(discord.seen.requests.length - before).toBeLessThanOrEqual(2);
  expect(log.error).toHaveBeenCalled();
  other.stop();
});

test('invalid requests are counted in windows of ten minutes: a warning, then a stop far before the ban', () => {
  let now = 0;
  const log = { ...createLog('silent'), warn: vi.fn() };
  const invalid = countInvalidRequests(log as never, () => now);
  for (let n = 0; n < 499; n++) invalid.note(403);
  invalid.note(200);
  invalid.note(404);
  invalid.note(429, 'shared');
  expect(log.warn).not.toHaveBeenCalled();
  invalid.note(429, 'user');
  expect(log.warn).toHaveBeenCalledTimes(1);
  for (let n = 500; n < 4_000; n++) invalid.note(403);
  expect(invalid.waitMs()).toBe(600_000);
  now = 600_000;
  expect(invalid.waitMs()).toBe(0);
  invalid.note(403);
  expect(invalid.waitMs()).toBe(0);
});
