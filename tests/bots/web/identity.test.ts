import { SignJWT } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Update } from '../../../src/bots/web/protocol.ts';
import { startTestApp, type TestApp } from '../../setup/app.ts';
import { until } from '../../setup/until.ts';
import { visit } from '../../setup/visitor.ts';

const secret = 'a widget secret that only host pages know';
let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ WIDGET_SECRET: secret });
});
afterAll(() => app.end());

const sign = (claims: object, key = secret, expires = '5m') =>
  new SignJWT({ ...claims }).setProtectedHeader({ alg: 'HS256' }).setExpirationTime(expires).sign(new TextEncoder().encode(key));

/** What the server said of the identity when connecting. */
async function verdict(identity: string): Promise<Update['identity']> {
  const visitor = await visit(app.url, { identity });
  const said = await until(() => visitor.first());
  visitor.close();
  return said.identity;
}

test('a signed person is verified, has their name and tier, and the same history on every device', async () => {
  const phone = await visit(app.url, { identity: await sign({ sub: 'player-7', name: 'Deniz', tier: 'gold' }), language: 'en' });
  await phone.send('how long does a withdrawal take?');
  expect((await phone.said(0)).text).toMatch(/Hello Deniz/);
  const laptop = await visit(app.url, { identity: await sign({ sub: 'player-7' }) });
  await until(() => laptop.messages.find(({ text }) => /withdrawal take/.test(text)));
  expect(laptop.token()).toBeUndefined();
  expect(await app.query('select name, tier, subject from contact where subject = $1', ['player-7'])).toEqual([
    { name: 'Deniz', tier: 'gold', subject: 'player-7' },
  ]);
  for (const each of [phone, laptop]) each.close();
});

test('somebody else never sees it, whatever visitor they were before', async () => {
  const first = await visit(app.url, { identity: await sign({ sub: 'player-8' }) });
  await first.send('my private question');
  const other = await visit(app.url, { identity: await sign({ sub: 'player-9' }) });
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(other.messages).toEqual([]);
  for (const each of [first, other]) each.close();
});

test('a signed person at a browser that keeps another’s visitor has their own chat, and who is not signed any more has none of theirs', async () => {
  const before = await visit(app.url);
  await before.send('what the one before me asked');
  const identity = await sign({ sub: 'player-11' });
  const person = await visit(app.url, { visitor: before.token(), identity });
  expect(person.messages).toEqual([]);
  await person.send('what only I may read');
  const after = await visit(app.url, { visitor: before.token(), identity: await sign({ sub: 'player-11' }, secret, '-1m') });
  await until(() => after.messages.length > 0);
  expect(after.messages.map(({ text }) => text)).not.toContain('what only I may read');
  expect(
    await app.query(
      'select 1 from contact c join address a on a.contact_id = c.id join message m on m.address_id = a.id where c.subject = $1 and m.text = $2',
      ['player-11', 'what only I may read'],
    ),
  ).toHaveLength(1);
  for (const each of [before, person, after]) each.close();
});

test.each([
  ['forged', () => sign({ sub: 'player-7' }, 'another secret of at least 32 letters')],
  ['expired', () => sign({ sub: 'player-7' }, secret, '-1m')],
  ['without a subject', () => sign({ name: 'x' })],
  ['no token at all', async () => 'nonsense'],
])('%s: an anonymous visitor who is told so', async (_, make) => {
  expect(await verdict(await make())).toBe('refused');
});

test('a verified person is told so', async () => {
  expect(await verdict(await sign({ sub: 'player-10' }))).toBe('verified');
});

test('who ends the chat begins a new conversation with the next message', async () => {
  const visitor = await visit(app.url, { language: 'en' });
  await visitor.send('how long does a withdrawal take today?');
  await visitor.said(0);
  await new Promise<void>((resolve) => visitor.socket.emit('end', resolve));
  await visitor.send('I forgot my password, how do I reset it?');
  await until(() => visitor.messages.find(({ text }) => /Forgot password/.test(text)));
  const rows = await app.query<{ n: string }>(
    'select count(*) as n from conversation c join message m on m.conversation_id = c.id where m.text like $1 or m.text like $2 group by c.id',
    ['%withdrawal take today%', '%forgot my password%'],
  );
  expect(rows).toHaveLength(2);
  visitor.close();
});
