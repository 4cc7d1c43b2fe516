import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../setup/app.ts';
import { type DeskAgent, signIn } from '../../setup/desk.ts';
import { type WithTicket, waitingTicket } from '../../setup/tickets.ts';
import { until } from '../../setup/until.ts';

let app: TestApp;
let supervisor: DeskAgent;
let one: WithTicket;
beforeAll(async () => {
  app = await startTestApp();
  supervisor = await signIn(app, { role: 'supervisor' });
  one = await waitingTicket(app, supervisor);
  await supervisor.call('POST', `/api/desk/tickets/${one.id}/claim`);
});
afterAll(async () => {
  one.visitor.close();
  await app.end();
});

// What PostgreSQL takes in no text: U+0000 and half a surrogate pair.
const bad = 'a\0b\ud800c';
const of = (id: number) => `/api/desk/tickets/${id}`;

test.each<[string, (id: number) => string, (() => object)?]>([
  ['a search for a zero byte', () => '/api/desk/tickets?search=%00'],
  ['a tag with one', () => '/api/desk/tickets?tag=%00'],
  ['a channel with one', () => '/api/desk/tickets?channel=a%00'],
  ['a department with one', () => '/api/desk/tickets?department=%00'],
  ['an id of two hundred digits', () => `/api/desk/tickets?only=${'9'.repeat(200)}`],
  ['an id beyond what numbers hold', () => `/api/desk/tickets/${'9'.repeat(30)}`],
  ['an audit from the year 0', () => '/api/desk/audit?from=0000-01-01T00:00:00Z'],
  ['an audit of the year 9999', () => '/api/desk/audit?to=9999-12-31T23:59:59-14:00'],
  ['an audit of a ticket with a zero byte', () => '/api/desk/audit?ticket=%00'],
  ['a cursor from beyond all time', () => '/api/desk/audit?after=999999999999999999.1'],
  ['a contact with one', () => '/api/desk/announcements/contacts?search=%00'],
  ['the name of what every object has as a language', () => '/api/desk/me?language=constructor'],
  ['and of notices', () => '/api/desk/notices?language=__proto__'],
  ['a note', (id) => `${of(id)}/note`, () => ({ id: randomUUID(), text: bad })],
  ['tags', (id) => `${of(id)}/tags`, () => ({ tags: [bad] })],
  ['a reply', (id) => `${of(id)}/reply`, () => ({ id: randomUUID(), text: bad, seenSeq: 1_000, topic: bad })],
  ['a preview', (id) => `${of(id)}/preview`, () => ({ text: bad })],
  ['a sleep until the year 0', (id) => `${of(id)}/snooze`, () => ({ until: '0000-01-01T00:00:00Z' })],
  ['a call in the year 9999', (id) => `${of(id)}/call-back`, () => ({ number: '+902120000000', wishedAt: '9999-12-31T23:59:59-14:00' })],
  ['a canned reply', () => '/api/desk/canned', () => ({ shortcut: 'zero', title: bad, texts: { en: bad }, departments: [bad] })],
  [
    'an announcement',
    () => '/api/desk/announcements',
    () => ({ texts: { en: bad, [bad]: bad }, banner: true, bannerUntil: '2030-01-01T00:00:00Z' }),
  ],
  ['a notice', () => '/api/desk/notices', () => ({ texts: { en: bad }, topics: ['money/payout-time'], endsAt: '0000-01-01T00:00:00Z' })],
  [
    'an invitation',
    () => '/api/desk/agents',
    () => ({ name: bad, email: 'zero@demobet.example', role: 'agent', departments: [], languages: [bad] }),
  ],
  ['a webhook', () => '/api/desk/webhooks', () => ({ url: `https://hooks.example/${bad}`, kinds: ['ticket'] })],
  ['what the bot is asked', () => '/api/desk/knowledge/ask', () => ({ text: bad })],
])('%s is refused or taken, and breaks nothing', async (_, path, body) => {
  const { status, body: answer } = await supervisor.call<object>(body ? 'POST' : 'GET', path(one.id), body?.());
  expect([status, answer]).toEqual([expect.toSatisfy((code: number) => code < 500), answer]);
});

test('what the database cannot keep of a reply is shown as missing; the rest of it is said, and of its topic only one that there is is kept', async () => {
  const text = `Your money \0is here \ud800now`;
  const send = { id: randomUUID(), text, seenSeq: 1_000, topic: 'somebody@their.example' };
  expect((await supervisor.call('POST', `${of(one.id)}/reply`, send)).status).toBe(200);
  await until(() => one.visitor.messages.some((each) => each.text === 'Your money \ufffdis here \ufffdnow'));
  const [event] = await app.query<{ topic: string | null }>(
    "select data ->> 'topic' as topic from event where kind = 'reply' order by id desc limit 1",
  );
  expect(event).toEqual({ topic: null });
});

test('whoever rates a help page writes no words of their own into the record', async () => {
  const rate = (language: string) =>
    fetch(`${app.url}/help/rating`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: JSON.stringify({ id: 'money/payout-time', language, helped: true }),
    });
  for (const language of ['0532 000 00 00', '\0', 'en']) expect((await rate(language)).status).toBe(204);
  const rated = await app.query<{ language: string }>("select data ->> 'language' as language from event where kind = 'rated' order by id");
  expect(rated.map(({ language }) => language)).toEqual(['tr', 'tr', 'en']);
});
