import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../setup/app.ts';
import { createRefusingStore } from '../../setup/refusing-store.ts';
import { until } from '../../setup/until.ts';
import { visit } from '../../setup/visitor.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.end());

test.each([
  ['nothing', '', 'input.invalid'],
  ['white space', ' \n\u200b\t'.replace('\u200b', ''), 'input.invalid'],
  ['100,000 characters', 'x'.repeat(100_000), 'input.too-long'],
])('a message of %s is refused with a clear error in the visitor’s language', async (_, text, code) => {
  const visitor = await visit(app.url, { language: 'tr' });
  const answer = await visitor.send(text);
  expect(answer).toMatchObject({ ok: false, code });
  expect(!answer.ok && answer.message).toMatch(/[ıişğüöç]/);
  visitor.close();
});

test.each([
  ['one character', 'a', 'a'],
  ['NUL', 'a\0b', 'ab'],
  ['a lone surrogate', 'a\ud800b', 'a\ufffdb'],
  ['right-to-left marks', '\u202eabc\u202c', '\u202eabc\u202c'],
  ['HTML and script', '<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
])('%s is stored as text', async (_, text, stored) => {
  const visitor = await visit(app.url);
  expect(await visitor.send(text)).toEqual({ ok: true, text: stored });
  await until(() => visitor.messages.find((message) => message.author === 'contact' && message.text === stored));
  visitor.close();
});

test.each([
  ['unknown fields', { id: randomUUID(), text: 'x', extra: 1 }],
  ['a wrong type', { id: randomUUID(), text: 7 }],
  ['no id', { text: 'x' }],
  ['an id that is none', { id: '; drop table', text: 'x' }],
  ['not an object', 'x'],
  ['a choice that no database takes', { id: randomUUID(), text: 'x', choice: 'a\0' }],
  ['a choice with half a letter', { id: randomUUID(), text: 'x', choice: '\ud800' }],
  ['a file that no database finds', { id: randomUUID(), text: 'x', attachments: ['\0'] }],
])('a socket message with %s is refused', async (_, given) => {
  const visitor = await visit(app.url);
  expect(await visitor.socket.timeout(5_000).emitWithAck('message', given as never)).toMatchObject({ ok: false, code: 'input.invalid' });
  visitor.close();
});

test('a language that no database takes does not keep a visitor from being heard', async () => {
  const visitor = await visit(app.url, { language: 'e\0n' });
  expect(await visitor.send('hello')).toMatchObject({ ok: true });
  visitor.close();
});

test('unknown fields in the handshake are refused; a forged visitor is a new one', async () => {
  await expect(visit(app.url, { sudo: true } as never)).rejects.toThrow(/refused/);
  const first = await visit(app.url);
  await first.send('my secret question');
  const [id] = (first.token() ?? '').split('.');
  const forged = await visit(app.url, { visitor: `${id}.forged` });
  expect(forged.messages).toEqual([]);
  expect(forged.token()).not.toBe(first.token());
  for (const each of [first, forged]) each.close();
});

test('a flooding visitor is asked to slow down, others are not affected', async () => {
  const flood = await visit(app.url, { language: 'en' });
  const other = await visit(app.url, { language: 'en' });
  const answers = await Promise.all(Array.from({ length: 40 }, (_, n) => flood.send(`again ${n}`)));
  const refused = answers.filter((answer) => !answer.ok);
  expect(refused.length).toBeGreaterThan(20);
  expect(refused[0]).toMatchObject({ code: 'rate.limited', retryAfterMs: expect.any(Number), message: expect.stringMatching(/\w/) });
  expect((await other.send('how long does a withdrawal take?')).ok).toBe(true);
  for (const each of [flood, other]) each.close();
});

test('a tab that asks without end for all that was said is answered as often as tabs ask, and heard all the same', async () => {
  const visitor = await visit(app.url, { language: 'en' });
  let answered = 0;
  for (let n = 0; n < 300; n++) visitor.socket.emit('resume', null, () => void answered++);
  await until(() => answered > 0);
  expect((await visitor.send('how long does a withdrawal take?')).ok).toBe(true);
  await visitor.said(0);
  expect(answered).toBeLessThan(60);
  visitor.close();
});

test('sensitive data is masked before anything is stored, and the visitor’s own copy is replaced', async () => {
  const visitor = await visit(app.url);
  const answer = await visitor.send('my card is 4242 4242 4242 4242');
  expect(answer.ok && answer.text).toMatch(/•.*4242$/);
  const rows = await app.query<{ text: string; sealed: Buffer | null }>(
    "select text, sealed from message where author = 'contact' and sealed is not null",
  );
  expect(rows).toHaveLength(1);
  expect(JSON.stringify(rows)).not.toContain('4242 4242');
  visitor.close();
});

test('what cannot be stored is not acknowledged, and says when to come again; under the same id it is then kept, once', async () => {
  const store = createRefusingStore(app.databaseUrl);
  const visitor = await visit(app.url, { language: 'tr' });
  const id = randomUUID();
  await store.refuse(`new.external_id = '${id}'`);
  const refused = await visitor.send('hello?', { id });
  expect(refused).toMatchObject({
    ok: false,
    code: 'store.unavailable',
    retryAfterMs: expect.any(Number),
    message: expect.stringMatching(/\w/),
  });
  await store.takeAgain();
  for (let n = 0; n < 2; n++) expect(await visitor.send('hello?', { id })).toEqual({ ok: true, text: 'hello?' });
  expect(await app.query('select 1 from message where external_id = $1', [id])).toHaveLength(1);
  visitor.close();
  await store.close();
});
