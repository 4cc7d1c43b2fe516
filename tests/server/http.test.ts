import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../setup/app.ts';
import { signIn } from '../setup/desk.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ METRICS_TOKEN: 'a-token-for-metrics' });
});
afterAll(() => app.end());

const get = (path: string, headers = {}) => fetch(`${app.url}${path}`, { headers });
// biome-ignore lint/suspicious/noExplicitAny: answers are looked into, not used
const json = async (response: Response): Promise<any> => response.json();
const post = (path: string, body: string, headers = {}) =>
  fetch(`${app.url}${path}`, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });

test('health, readiness, metrics with their token, the API page', async () => {
  expect((await get('/healthz')).status).toBe(200);
  expect(await (await get('/readyz')).json()).toEqual({ status: 'ready' });
  expect((await get('/metrics')).status).toBe(401);
  const metrics = await (await get('/metrics', { authorization: 'Bearer a-token-for-metrics' })).text();
  for (const name of ['process_cpu_seconds_total', 'destek_inbound_messages_total', 'http_request_duration_seconds_bucket'])
    expect(metrics).toContain(name);
  expect((await get('/docs')).status).toBe(200);
  const document = await json(await get('/docs/json'));
  for (const path of ['/api/desk/tickets', '/api/desk/sign-in', '/help/search']) expect(Object.keys(document.paths)).toContain(path);
});

test.each([
  ['an unknown field', '/api/desk/sign-in', '{"email":"a@b.c","password":"x","extra":1}', 400, /extra/],
  ['a wrong type', '/api/desk/sign-in', '{"email":1,"password":"x"}', 400, /email/],
  ['no JSON', '/api/desk/sign-in', '{', 400, /^The body is not the JSON/],
  ['no body', '/api/desk/sign-in', '', 400, /^The body is empty/],
  ['no form', '/chat/upload', '{}', 406, /^The body must be a form/],
  ['a body of 2 MB', '/api/desk/sign-in', JSON.stringify({ email: 'x'.repeat(2_000_000) }), 413, /^The body is larger than may be sent/],
  ['a wrong password', '/api/desk/sign-in', '{"email":"a@b.c","password":"wrong"}', 401, /wrong/],
  ['a path that nobody can decode', '/%', '{}', 400, /^The path holds a % that stands for nothing/],
  ['a path without end', `/help/topic/${'x'.repeat(300)}`, '{}', 404, /./],
  ['an expired link', '/api/desk/invitation', '{"token":"none","password":"long enough to pass"}', 410, /expired/],
])('%s is refused with what is wrong', async (_, path, body, status, message) => {
  const response = await post(path, body);
  expect(response.status).toBe(status);
  expect((await json(response)).message).toMatch(message);
});

test('what is no HTTP is answered in our form too', async () => {
  const { hostname, port } = new URL(app.url);
  const said = async (words: string) => {
    const socket = connect(Number(port), hostname);
    socket.end(words);
    const parts = await Array.fromAsync(socket as AsyncIterable<Buffer>);
    const [head = '', body = '{}'] = Buffer.concat(parts).toString().split('\r\n\r\n');
    return [head.split(' ')[1], JSON.parse(body).code];
  };
  expect(await said('HELO\r\n\r\n')).toEqual(['400', 'input.invalid']);
  expect(await said(`GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`)).toEqual(['431', 'input.invalid']);
});

test('what a call lacks or has too much of is said in words, not in those of a library', async () => {
  const { call } = await signIn(app, { role: 'supervisor' });
  const refused = async (body: object) => (await call<{ message: string }>('POST', '/api/desk/webhooks', body)).body.message;
  expect(await refused({ url: 'https://example.com/hook' })).toBe('kinds is missing.');
  expect(await refused({ url: 'https://example.com/hook', kinds: [] })).toBe('kinds must hold at least 1.');
  expect(await refused({ url: 7, kinds: 'ticket', more: true })).toBe(
    'url must be a text; kinds must be a list; body knows nothing called more.',
  );
  expect(await refused({ url: 'x'.repeat(501), kinds: ['Ticket'] })).toBe(
    'url must have at most 500 characters; kinds.0 holds characters that may not stand there, or is too long.',
  );
  const list = await call<{ message: string }>('GET', '/api/desk/tickets?list=nonsense');
  expect([list.status, list.body.message]).toEqual([400, expect.not.stringMatching(/Invalid|expected/)]);
});

test('nothing of the desk without a sign-in, no change without its token, no supervisor page for agents', async () => {
  expect((await get('/api/desk/tickets')).status).toBe(401);
  const agent = await signIn(app);
  const forged = await post('/api/desk/tickets/next', '{}', { cookie: agent.cookie });
  expect([forged.status, (await json(forged)).code]).toEqual([403, 'forbidden']);
  expect((await agent.call('GET', '/api/desk/agents')).status).toBe(403);
  expect((await agent.call('GET', '/api/desk/tickets?list=nonsense')).status).toBe(400);
  expect((await agent.call('GET', '/api/desk/tickets/999999')).status).toBe(404);
});

test('signing out everywhere ends every browser; the link that made the agent works once', async () => {
  const agent = await signIn(app);
  const again = await post('/api/desk/sign-in', JSON.stringify({ email: agent.me.email, password: 'a long password' }));
  const cookie = again.headers.getSetCookie()[0] ?? '';
  expect(cookie).toMatch(/HttpOnly/);
  expect(cookie).toMatch(/SameSite=Strict/);
  await agent.call('POST', '/api/desk/sign-out-everywhere');
  expect((await get('/api/desk/me', { cookie: cookie.split(';')[0] })).status).toBe(401);
});

test('guessing passwords is slowed down', async () => {
  const tries = await Promise.all(Array.from({ length: 14 }, () => post('/api/desk/sign-in', '{"email":"a@b.c","password":"guess"}')));
  expect(tries.some(({ status }) => status === 429)).toBe(true);
});

test('help shows what the bot says of every topic that is on, and which of them people decide', async () => {
  const hits = await json(await get('/help/search?language=en&q=withdrawal'));
  expect(hits.map(({ id }: { id: string }) => id)).toContain('money/payout-time');
  expect((await json(await get('/help/topic?language=en&id=money/payout-late'))).person).toBe(true);
  expect((await get('/help/topic?language=en&id=money/none')).status).toBe(404);
  expect((await json(await get('/help/topic?language=en&id=money/payout-time'))).markdown).toContain('24 hours');
  expect((await json(await get('/chat/config?language=xx'))).language).toBe('tr');
  expect((await get('/chat/config')).headers.get('access-control-allow-origin')).toBe('*');
  expect((await get('/api/desk/me')).headers.get('access-control-allow-origin')).toBeNull();
});
