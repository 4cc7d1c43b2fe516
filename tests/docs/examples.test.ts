import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../setup/app.ts';
import { signIn } from '../setup/desk.ts';
import { until } from '../setup/until.ts';
import { visit } from '../setup/visitor.ts';

const house = path.join(import.meta.dirname, '../..');
const WIDGET_SECRET = 'what host pages and this desk share, for tests';
/** An example as a reader of the docs runs it: a module of its own, without types. */
const example = (name: string) => import(path.join(house, 'examples', name));

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ WIDGET_SECRET, WEBHOOK_PRIVATE: 'true' });
  await signIn(app, { role: 'supervisor' });
});
afterAll(() => app.end());

test('the examples of docs/api.md, widget.md and webhooks.md work together: a signed visitor is answered over the API, and our webhook hears of it', async () => {
  const { signVisitor } = await example('sign-visitor.mjs');
  const { signIn: signInOverApi, answer } = await example('desk-client.mjs');
  const { receive } = await example('webhook-receiver.mjs');
  const call = await signInOverApi(app.url, 'suna@demobet.example', 'a long password');

  const heard: { type: string; data: { ticketId: number } }[] = [];
  const { secret, url, stop } = await listen((given: string) => receive(given, (event: (typeof heard)[number]) => heard.push(event)), call);

  const visitor = await visit(app.url, { identity: signVisitor({ sub: 'player-7', name: 'Aylin', tier: 'gold' }, WIDGET_SECRET) });
  await visitor.send('I want to talk to a person');
  const waiting = await until(async () => (await call('GET', 'tickets?list=waiting')).tickets[0]);
  await call('POST', `tickets/${waiting.id}/claim`);
  await answer(call, waiting.id, 'Here I am.');
  await until(() => visitor.messages.find(({ author, text }) => author === 'agent' && text === 'Here I am.'));
  const { contact } = await call('GET', `tickets/${waiting.id}`);
  expect(contact).toMatchObject({ verified: true, tier: 'gold' });

  await until(() => heard.find(({ type, data }) => type === 'reply' && data.ticketId === waiting.id));
  const forged = { 'webhook-id': 'evt_1', 'webhook-timestamp': `${Math.floor(Date.now() / 1000)}`, 'webhook-signature': 'v1,AAAA' };
  expect((await fetch(url, { method: 'POST', headers: forged, body: '{}' })).status).toBe(401);
  expect(secret).toMatch(/^whsec_/);
  visitor.close();
  await stop();
});

test('a wrong password, and a change without the csrf token, are refused with a code', async () => {
  const { signIn: signInOverApi } = await example('desk-client.mjs');
  await expect(signInOverApi(app.url, 'suna@demobet.example', 'not this one')).rejects.toMatchObject({
    code: 'sign-in.wrong',
    status: 401,
  });
});

test('what the docs show of the signatures is what the examples do', async () => {
  const [webhooks, widget] = await Promise.all(['webhooks', 'widget'].map((name) => readFile(path.join(house, `docs/${name}.md`), 'utf8')));
  const code = await readFile(path.join(house, 'examples/webhook-receiver.mjs'), 'utf8');
  const shown = /```js\n([\s\S]*?)```/.exec(webhooks ?? '')?.[1] ?? '';
  const ours = /\/\*\* Whether[\s\S]*?\n(export function isOurs[\s\S]*?\n\})/.exec(code)?.[1] ?? '';
  expect(ours.length).toBeGreaterThan(100);
  expect(shown).toContain(ours.replace('export ', ''));
  expect(widget).toContain('examples/sign-visitor.mjs');
});

/** Adds a webhook to a receiver: its secret is only known after it has an address, so it is given to the server that listens already. */
async function listen(
  receiver: (secret: string) => Server,
  call: (method: string, path: string, body?: object) => Promise<{ id: number; secret: string }>,
) {
  let ours: Server | undefined;
  const server = createServer((request, response) => ours?.emit('request', request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  const { secret } = await call('POST', 'webhooks', { url, kinds: ['reply'] });
  ours = receiver(secret);
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { secret, url, stop };
}
