import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSignIn, type SignIn } from '../../../src/bots/email/sign-in.ts';
import type { Secrets } from '../../../src/conversation/channel.ts';
import { client, firstRefreshToken, mailScope, type Provider, startProvider } from './provider.ts';

let provider: Provider;
let clock: number;
let kept: Map<string, string>;
let warned: object[];
beforeEach(async () => {
  provider = await startProvider('support@demobet.example');
  clock = 1_800_000_000_000;
  kept = new Map();
  warned = [];
});
afterEach(() => provider.close());

const secrets = (): Secrets => ({
  get: async (name) => kept.get(name),
  set: async (name, text) => void kept.set(name, text),
  remove: async (name) => void kept.delete(name),
});
function signIn(over: object = {}): SignIn {
  const oauth = { tokenUrl: provider.tokenUrl, clientId: client.id, clientSecret: client.secret, refreshToken: firstRefreshToken, ...over };
  const log = { warn: (said: object) => warned.push(said) } as never;
  // Short where nobody answers; a slow machine is no fault of the endpoint.
  const withinMs = provider.behaviour.silent ? 300 : undefined;
  return createSignIn({ oauth, secrets: secrets(), log, withinMs, now: () => clock });
}
const ask = async (source: SignIn, refused?: string) => (await source.token(refused)).value;

test('with a refresh token as the person, without one as the program itself', async () => {
  await signIn().token();
  await signIn({ refreshToken: undefined, scope: mailScope }).token();
  expect(provider.asked).toEqual([
    { client_id: client.id, client_secret: client.secret, grant_type: 'refresh_token', refresh_token: firstRefreshToken },
    { client_id: client.id, client_secret: client.secret, grant_type: 'client_credentials', scope: mailScope },
  ]);
});

test('however many ask, one request; the token is kept until shortly before its end', async () => {
  const source = signIn();
  expect(new Set(await Promise.all(Array.from({ length: 20 }, () => ask(source))))).toEqual(new Set(['access-1']));
  clock += (3600 - 121) * 1_000;
  expect(await ask(source)).toBe('access-1');
  clock += 2_000;
  expect(await ask(source)).toBe('access-2');
  expect(provider.asked).toHaveLength(2);
});

test('a token of a short life is kept for half of it', async () => {
  provider.behaviour = { expiresIn: 60 };
  const source = signIn();
  await source.token();
  clock += 29_000;
  expect(await ask(source)).toBe('access-1');
  clock += 2_000;
  expect(await ask(source)).toBe('access-2');
});

test('what a server did not take is renewed once, however many were refused, and not again within a minute', async () => {
  const source = signIn();
  const refused = await ask(source);
  expect(await Promise.all([ask(source, refused), ask(source, refused)])).toEqual(['access-2', 'access-2']);
  expect(await ask(source, refused)).toBe('access-2');
  expect(await ask(source, 'access-2')).toBe('access-2');
  clock += 61_000;
  expect(await ask(source, 'access-2')).toBe('access-3');
});

test('a provider that gives a new refresh token each time: the newest holds after a restart and in another process', async () => {
  provider.behaviour = { rotates: true };
  const [first, second] = [signIn(), signIn()];
  await first.token();
  expect(await ask(second)).toBe('access-2');
  expect(await ask(signIn())).toBe('access-3');
  expect(provider.asked.map((form) => form.refresh_token)).toEqual(['refresh-0', 'refresh-1', 'refresh-2']);
});

test('two processes that use up the same refresh token: the later one goes on with what the first got', async () => {
  provider.behaviour = { rotates: true };
  const source = signIn();
  let read = 0;
  const late: Secrets = { ...secrets(), get: async (name) => (read++ === 0 ? undefined : kept.get(name)) };
  const oauth = { tokenUrl: provider.tokenUrl, clientId: client.id, clientSecret: client.secret, refreshToken: firstRefreshToken };
  await source.token();
  expect((await createSignIn({ oauth, secrets: late }).token()).value).toBe('access-2');
});

test('a new refresh token in the settings goes before the one that was kept', async () => {
  kept.set('oauth-refresh-token', JSON.stringify(['of another', 'stale']));
  expect(await ask(signIn())).toBe('access-1');
  expect(provider.asked[0]?.refresh_token).toBe(firstRefreshToken);
});

test('the end of the consent is known, and told in time', async () => {
  provider.behaviour = { refreshTokenExpiresIn: 40 * 86_400 };
  const source = signIn();
  await source.token();
  expect([source.endsAt(), warned.length]).toEqual([clock + 40 * 86_400_000, 0]);
  provider.behaviour = { refreshTokenExpiresIn: 5 * 86_400 + 60 };
  clock += 3_600_000;
  await source.token();
  expect([source.endsAt(), warned]).toEqual([clock + (5 * 86_400 + 60) * 1_000, [expect.objectContaining({ days: 5 })]]);
});

describe('what is wrong is told with its remedy, and nothing that is secret', () => {
  const fault = async (over: object = {}) =>
    signIn(over)
      .token()
      .then(
        () => undefined,
        (error: Error & { code: string }) => error,
      );

  test.each<[string, object, object, string, RegExp]>([
    [
      'an expired consent',
      { refreshToken: 'refresh-of-last-year' },
      {},
      'config.invalid',
      /invalid_grant, AADSTS700082\).*sign in at the provider again/,
    ],
    ['a wrong secret', { clientSecret: 'wrong-secret' }, {}, 'config.invalid', /invalid_client\).*MAIL_OAUTH_CLIENT_SECRET is wrong/],
    ['a wrong scope', {}, { answer: { status: 400, body: '{"error":"invalid_scope"}' } }, 'config.invalid', /MAIL_OAUTH_SCOPE is not/],
    ['something new', {}, { answer: { status: 400, body: '{"error":"moon_phase"}' } }, 'config.invalid', /moon_phase.*Compare/],
    ['a page', {}, { answer: { status: 404, body: '<html>' } }, 'config.invalid', /Correct MAIL_OAUTH_TOKEN_URL/],
    ['a way elsewhere', {}, { answer: { status: 302, body: '' } }, 'config.invalid', /Correct MAIL_OAUTH_TOKEN_URL/],
    ['an outage', {}, { answer: { status: 503, body: 'busy' } }, 'store.unavailable', /HTTP 503.*asked again/],
    ['a slow endpoint', {}, { silent: true }, 'store.unavailable', /no answer within 0\.3 s/],
    ['nobody there', { tokenUrl: 'http://127.0.0.1:1/token' }, {}, 'store.unavailable', /gives no token/],
  ])('%s', async (_, over, behaviour, code, said) => {
    provider.behaviour = behaviour;
    const error = await fault(over);
    expect(error).toMatchObject({ code, message: expect.stringMatching(said) });
    expect(error?.message).not.toMatch(/refresh-of|wrong-secret|secret-of|refresh-0/);
  });

  test('after a fault it is asked again', async () => {
    const source = signIn();
    provider.behaviour = { answer: { status: 503, body: '' } };
    await expect(source.token()).rejects.toThrow('HTTP 503');
    provider.behaviour = {};
    expect(await ask(source)).toBe('access-1');
  });
});
