import { appendFile } from 'node:fs/promises';
import path from 'node:path';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ChatConfig } from '../../../src/bots/web/protocol.ts';
import { startTestApp, type TestApp } from '../../setup/app.ts';
import { signIn } from '../../setup/desk.ts';
import { until } from '../../setup/until.ts';
import { visit } from '../../setup/visitor.ts';

const secret = 'a secret that host pages sign with';
let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ WIDGET_SECRET: secret });
});
afterAll(() => app.end());

/** What an agent sees of the contact who calls for a person. */
async function seen(handshake: Parameters<typeof visit>[1]) {
  const agent = await signIn(app);
  const visitor = await visit(app.url, { language: 'en', ...handshake });
  await visitor.send('/human');
  const ticket = await until(async () => (await agent.list()).tickets.at(-1));
  const view = await until(async () => {
    const { contact } = await agent.open(ticket.id);
    return contact.about && contact;
  });
  await agent.call('POST', `/api/desk/tickets/${ticket.id}/claim`);
  visitor.close();
  return view;
}

test('what somebody says of themselves before a chat is shown to agents as said, with a card number in it masked', async () => {
  const about = { name: 'Ada', email: 'ada@mail.example', player: 'ada 4242 4242 4242 4242' };
  const contact = await seen({ about });
  expect(contact).toMatchObject({ name: 'Ada', verified: false, about: { email: 'ada@mail.example' } });
  expect(contact.about?.verified).toBeUndefined();
  expect(contact.about?.player).not.toMatch(/4242 4242/);
});

test('what the host page signs is verified, and what a person says themselves does not replace it', async () => {
  const identity = await new SignJWT({ sub: 'player-9', email: 'real@mail.example' })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime('5m')
    .sign(new TextEncoder().encode(secret));
  const contact = await seen({ identity, about: { email: 'other@mail.example', player: 'nine' } });
  expect(contact).toMatchObject({ verified: true, about: { email: 'real@mail.example', player: 'nine', verified: true } });
});

test('the desk settings say what is asked and agreed to, in the language of the chat', async () => {
  const config = async (language: string) => (await (await fetch(`${app.url}/chat/config?language=${language}`)).json()) as ChatConfig;
  expect((await config('en')).before).toBeUndefined();
  const settings =
    'beforeChat:\n  ask: [name, email]\n  consent: { tr: "Kabul", en: "You [agree](https://demobet.example/privacy)", az: "Razılıq" }\n';
  await appendFile(path.join(app.knowledgeDir, 'desk.yaml'), `\n${settings}`);
  await until(async () => (await config('en')).before);
  expect((await config('en')).before).toEqual({ ask: ['name', 'email'], consent: 'You [agree](https://demobet.example/privacy)' });
  expect((await config('az')).before?.consent).toBe('Razılıq');
});

test('that nobody is there is said before anything is asked, and not while somebody is', async () => {
  const other = await startTestApp();
  const notice = async () => ((await (await fetch(`${other.url}/chat/config?language=en`)).json()) as ChatConfig).notice;
  expect(await notice()).toMatch(/None of our colleagues is online/);
  const agent = await signIn(other);
  await agent.call('POST', '/api/desk/presence', { presence: 'online' });
  await other.restart();
  expect(await notice()).toBeUndefined();
  await other.end();
});
