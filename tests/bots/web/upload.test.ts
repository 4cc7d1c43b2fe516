import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { harmlessFiles, hostileFiles } from '../../files/corpus.ts';
import { startTestApp, type TestApp } from '../../setup/app.ts';
import { until } from '../../setup/until.ts';
import { type Visitor, visit } from '../../setup/visitor.ts';

const secret = 'a secret that host pages sign with';
let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ WIDGET_SECRET: secret });
});
afterAll(() => app.end());

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const dot = new File([png], 'receipt.png', { type: 'image/png' });

async function upload(fields: Record<string, string>, file: File = dot) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', file);
  const answer = await fetch(`${app.url}/chat/upload`, { method: 'POST', body: form });
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as { id: string; code?: string; message?: string } };
}

/** Sends a message that names files. */
const name = (visitor: Visitor, attachments: string[], text = '', id = randomUUID()) =>
  visitor.socket.timeout(10_000).emitWithAck('message', { id, text, attachments });
const shown = (visitor: Visitor) => visitor.messages.flatMap(({ attachments = [] }) => attachments);

test('a file goes up, stands in the message that names it, and comes back from its link', async () => {
  const visitor = await visit(app.url, { language: 'en' });
  const { status, headers, body } = await upload({ visitor: visitor.token() ?? '' });
  expect([status, headers.get('access-control-allow-origin')]).toEqual([200, '*']);
  expect(await name(visitor, [body.id])).toMatchObject({ ok: true });
  const [file] = await until(() => (shown(visitor).length > 0 ? shown(visitor) : undefined));
  expect(file).toMatchObject({ name: 'receipt.png', type: 'image/png', size: png.length });
  const fetched = await fetch(app.url + file?.url);
  expect(fetched.status).toBe(200);
  expect(Buffer.from(await fetched.arrayBuffer()).equals(png)).toBe(true);
  visitor.close();
});

test('who did not upload it cannot use it: another visitor, a second message; a repeat has one effect', async () => {
  const [mine, other] = await Promise.all([visit(app.url, { language: 'en' }), visit(app.url, { language: 'en' })]);
  const { body } = await upload({ visitor: mine.token() ?? '' });
  await name(other, [body.id], 'look');
  const [stolen] = await until(() => (shown(other).length > 0 ? shown(other) : undefined));
  expect(stolen?.url).toBeUndefined();
  const id = randomUUID();
  for (const _ of [1, 2]) expect(await name(mine, [body.id], '', id)).toMatchObject({ ok: true });
  await name(mine, [body.id], 'again');
  await until(() => mine.messages.filter(({ author }) => author === 'contact').length === 2);
  expect(shown(mine).map(({ url }) => url !== undefined)).toEqual([true, false]);
  for (const each of [mine, other]) each.close();
});

test('a person with an identity uploads as themselves', async () => {
  const identity = await new SignJWT({ sub: 'player-7' })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime('5m')
    .sign(new TextEncoder().encode(secret));
  const visitor = await visit(app.url, { identity, language: 'en' });
  const { body } = await upload({ identity });
  await name(visitor, [body.id]);
  await until(() => shown(visitor)[0]?.url);
  visitor.close();
});

test('nobody uploads without a chat; what is not allowed says why in the visitor’s language', async () => {
  expect((await upload({ visitor: 'forged.token' })).status).toBe(403);
  expect((await upload({})).status).toBe(403);
  const visitor = await visit(app.url, { language: 'tr' });
  const fields = { visitor: visitor.token() ?? '', language: 'tr' };
  const program = new File([Buffer.from('MZ\x90\x00 not a picture')], 'photo.png', { type: 'image/png' });
  const refused = await upload(fields, program);
  expect(refused.status).toBe(422);
  expect(refused.body.message).toMatch(/[ğüşıöç]/);
  const large = await upload(fields, new File([png, Buffer.alloc(21 * 1024 * 1024)], 'large.png', { type: 'image/png' }));
  expect([large.status, large.body.code]).toEqual([422, 'too-large']);
  // The connection is still good.
  expect((await upload(fields)).status).toBe(200);
  visitor.close();
});

test.each([
  ['no boundary', 'multipart/form-data', 'x'],
  ['no end', 'multipart/form-data; boundary=b', '--b\r\nContent-Disposition: form-data; name="visitor"\r\n\r\nx'],
])('a form with %s is the sender’s fault, said in words', async (_, type, body) => {
  const answer = await fetch(`${app.url}/chat/upload`, { method: 'POST', headers: { 'content-type': type }, body });
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ code: 'input.invalid', message: expect.stringMatching(/\w/) });
});

test('another site may upload: the browser’s question is answered', async () => {
  const answer = await fetch(`${app.url}/chat/upload`, {
    method: 'OPTIONS',
    headers: { origin: 'https://site.example', 'access-control-request-method': 'POST' },
  });
  expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([204, '*']);
  expect(answer.headers.get('access-control-allow-methods')).toContain('POST');
});

test('every hostile file gets its verdict, and every harmless one is kept', async () => {
  // Names that no browser can write are judged in tests/files.
  const writable = ({ name: given }: { name: string }) => !/["\\/\p{Cc}]/u.test(given) && given !== '';
  const all = [...(await hostileFiles()), ...(await harmlessFiles())].filter(writable);
  expect(all.length).toBeGreaterThan(60);
  const verdicts: (string | undefined)[] = [];
  let visitor = await visit(app.url, { language: 'en' });
  for (const [n, { name: given, bytes }] of all.entries()) {
    // Nobody sends so many; each visitor a few.
    if (n % 8 === 7) {
      visitor.close();
      visitor = await visit(app.url, { language: 'en' });
    }
    const { status, body } = await upload({ visitor: visitor.token() ?? '' }, new File([new Uint8Array(bytes)], given));
    verdicts.push(status === 200 ? undefined : body.code);
  }
  visitor.close();
  expect(verdicts).toEqual(all.map(({ refused }) => refused));
}, 60_000);
