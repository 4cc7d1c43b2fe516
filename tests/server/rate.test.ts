import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../setup/app.ts';
import { signIn } from '../setup/desk.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ TRUST_PROXY: 'true' });
});
afterAll(() => app.end());

test('agents of one office do not use up each other’s requests; who only claims to be signed in is counted by address', async () => {
  const [one, other] = [await signIn(app), await signIn(app)];
  const left = async (cookie: string) =>
    Number((await fetch(`${app.url}/api/desk/me`, { headers: { cookie } })).headers.get('x-ratelimit-remaining'));
  await left(other.cookie);
  const before = await left(other.cookie);
  for (let n = 0; n < 5; n += 1) await left(one.cookie);
  expect(await left(other.cookie)).toBe(before - 1);
  const stranger = await left('destek_desk=made-up');
  expect(await left('destek_desk=made-up-anew')).toBe(stranger - 1);
});

test('behind a proxy a caller counts by the address that the proxy saw, whatever they claim to have been sent on for', async () => {
  const left = async (claimed: string, seen: string) =>
    Number(
      (await fetch(`${app.url}/chat/config`, { headers: { 'x-forwarded-for': `${claimed}, ${seen}` } })).headers.get(
        'x-ratelimit-remaining',
      ),
    );
  const first = await left('198.51.100.1', '203.0.113.7');
  expect(await left('198.51.100.2', '203.0.113.7')).toBe(first - 1);
  expect(await left('198.51.100.2', '203.0.113.8')).toBe(first);
});
