import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Mailed } from '../../../src/bots/web/protocol.ts';
import { startTestApp } from '../../setup/app.ts';
import { until } from '../../setup/until.ts';
import { type Visitor, visit } from '../../setup/visitor.ts';
import { hasDovecot } from '../email/dovecot.ts';
import { type MailApp, startMailApp } from '../email/mail-app.ts';

const secret = 'a secret that host pages sign with';
const ask = (visitor: Visitor, to: string | null): Promise<Mailed> => visitor.socket.timeout(10_000).emitWithAck('transcript', to);

/** A visitor who has said something and was answered. */
async function talking(url: string, handshake: object = {}) {
  const visitor = await visit(url, { language: 'en', ...handshake });
  await visitor.send('how long does a withdrawal take? see https://spam.example/win **now**');
  await visitor.said(0);
  return visitor;
}

describe.skipIf(!hasDovecot)('a transcript by mail', () => {
  let mail: MailApp;
  beforeAll(async () => {
    mail = await startMailApp({ WIDGET_SECRET: secret });
  });
  afterAll(() => mail.end());

  test('goes to the address that was typed, as plain text of a machine, with no link of the visitor’s own', async () => {
    const visitor = await talking(mail.app.url);
    expect(await (await fetch(`${mail.app.url}/chat/config`)).json()).toMatchObject({ mail: true });
    expect(await ask(visitor, 'ada@mail.example')).toEqual({ ok: true, to: 'ada@mail.example' });
    const sent = await until(() => mail.post.to('ada@mail.example')[0]);
    expect(sent.mail.html).toBeUndefined();
    expect(sent.mail.text).toContain('how long does a withdrawal take?');
    expect(sent.mail.text).toMatch(/Assistant:/);
    expect(sent.mail.text).not.toContain('spam.example');
    expect(sent.header('auto-submitted')).toMatch(/auto/);
    visitor.close();
  });

  test('to the signed address without typing it; nobody else’s is told to the page in full', async () => {
    const identity = await new SignJWT({ sub: 'player-3', email: 'can.real@mail.example' })
      .setProtectedHeader({ alg: 'HS256' })
      .setExpirationTime('5m')
      .sign(new TextEncoder().encode(secret));
    const visitor = await talking(mail.app.url, { identity });
    expect(visitor.first()?.email).toBe('c…@mail.example');
    expect(await ask(visitor, null)).toMatchObject({ ok: true });
    const sent = await until(() => mail.post.to('can.real@mail.example')[0]);
    expect(sent.mail.text).toContain('spam.example');
    visitor.close();
  });

  test('is refused in words: no address, nothing said yet, too often', async () => {
    const silent = await visit(mail.app.url, { language: 'tr' });
    for (const to of ['no address', null, 'a@b.example\r\nBcc: c@d.example', 7 as unknown as string])
      expect(await ask(silent, to)).toMatchObject({ ok: false, code: 'input.invalid', message: expect.stringMatching(/adres/) });
    const visitor = await talking(mail.app.url);
    const answers = [];
    for (const n of [1, 2, 3, 4]) answers.push((await ask(visitor, `person${n}@mail.example`)).ok);
    expect(answers).toEqual([true, true, true, false]);
    for (const each of [silent, visitor]) each.close();
  });
});

test('without a mail server nothing can be mailed, and the chat does not offer it', async () => {
  const app = await startTestApp();
  const visitor = await talking(app.url);
  expect(await (await fetch(`${app.url}/chat/config`)).json()).not.toHaveProperty('mail');
  expect(await ask(visitor, 'ada@mail.example')).toMatchObject({ ok: false });
  visitor.close();
  await app.end();
});
