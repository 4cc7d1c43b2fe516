import { describe, expect, test } from 'vitest';
import { readAddress, writeAddress } from '../../../src/bots/email/address.ts';
import { isForged, readAuthentication } from '../../../src/bots/email/authentication.ts';
import { compose } from '../../../src/bots/email/compose.ts';
import { sendingFailure } from '../../../src/bots/email/failure.ts';
import type { Mail } from '../../../src/bots/email/mail.ts';
import { cleanAddress, isMachineAddress } from '../../../src/bots/email/person.ts';
import { createRateCap } from '../../../src/bots/email/rate.ts';
import { type Mailbox, readSettings } from '../../../src/bots/email/settings.ts';
import { isSpam } from '../../../src/bots/email/spam.ts';
import { readSubject } from '../../../src/bots/email/subject.ts';
import { createTokens } from '../../../src/bots/email/token.ts';
import { trim } from '../../../src/bots/email/trim.ts';
import { Undeliverable } from '../../../src/conversation/channel.ts';
import { createLog } from '../../../src/log.ts';

const tokens = createTokens((use) => Buffer.from(`key for ${use}`));
const place = { mailbox: 'support@demobet.example', sender: 'ada@client.example', thread: 'abcdefghijklmnop' };

describe('reply tokens', () => {
  const id = tokens.messageId(place, '17.0');

  test('lead back to the thread, for the same sender at the same mailbox alone', () => {
    expect(tokens.findThread(['<x@y>', id], place.mailbox, place.sender)).toBe(place.thread);
    expect(tokens.findThread([tokens.threadId(place)], place.mailbox, place.sender)).toBe(place.thread);
    expect(tokens.findThread([id], place.mailbox, 'eve@client.example')).toBeUndefined();
    expect(tokens.findThread([id], 'finance@demobet.example', place.sender)).toBeUndefined();
    expect(tokens.findThread([id.replace('abcdefghijklmnop', 'bbcdefghijklmnop')], place.mailbox, place.sender)).toBeUndefined();
  });

  test('are the same for every attempt, other for another message', () => {
    expect(tokens.messageId(place, '17.0')).toBe(id);
    expect(tokens.messageId(place, '18.0')).not.toBe(id);
    expect(id).toMatch(/^<[\w.]+@demobet\.example>$/);
  });

  test('another key makes others', () => {
    const others = createTokens((use) => Buffer.from(`other key for ${use}`));
    expect(others.findThread([id], place.mailbox, place.sender)).toBeUndefined();
    expect(others.isMark(tokens.mark(id), id)).toBe(false);
    expect(tokens.isMark(tokens.mark(id), id)).toBe(true);
  });
});

test('an address has three parts and no more', () => {
  expect(readAddress(writeAddress(place))).toEqual(place);
});

test.each([
  ['Re: Para çekme', 'Para çekme', true, false],
  ['RE: FW: Ynt: İLT: Para', 'Para', true, true],
  ['YÖNLT: Para', 'Para', false, true],
  ['Yönlendirilen', 'Yönlendirilen', false, false],
  ['Cvb: Pul', 'Pul', true, false],
  ['Re[2]: Вывод', 'Вывод', true, false],
  ['AW: WG: Geld', 'Geld', true, true],
  ['Re: Money [1042-K]', 'Money', true, false],
  ['Reference: 12', 'Reference: 12', false, false],
])('subject %s', (given, text, answers, forwards) => {
  expect(readSubject(given)).toMatchObject({ text, answers, forwards });
});

test('a ticket number in a subject is a hint', () => {
  expect(readSubject('About 1042-K please').related).toBe('1042-K');
});

test.each([
  ['500 TL banka hesabımdan gönderildi'],
  ['It was sent from my bank account on Monday'],
  ['Merhaba\nİyi günler dilerim, param nerede'],
  ['The mail said: Kimden geldi'],
  ['21.11.2026 10:15 tarihinde arkadaşınız bana şunu yazdı:\nParanız yolda.\nAma gelmedi.'],
  ['Konu: para çekme\nTarih: 21.11.2026\nTutar: 500 TL'],
  ['Selamlar\nParam gelmedi, saat 10:15 oldu'],
  ['> 50 TL gönderdim'.slice(2)],
])('words of people stay: %s', (text) => {
  expect(trim(text, { forwards: false, answers: false })).toBe(text);
});

test.each([
  ['Please check it.\n\nThanks,\nDana', 'Please check it.'],
  ['Kontrol eder misiniz?\n\nTeşekkürler,\nAyşe Yılmaz\n0532 000 00 00', 'Kontrol eder misiniz?'],
  ['Проверьте пожалуйста.\n\nСпасибо,\nИван', 'Проверьте пожалуйста.'],
  ['Pul gəlmədi\n\nHörmətlə,\nAli', 'Pul gəlmədi'],
  ['Thanks,\nDana', 'Thanks,\nDana'],
  ['Teşekkürler,\nPeki param ne zaman gelir?', 'Teşekkürler,\nPeki param ne zaman gelir?'],
  [
    'Merhaba\nTeşekkürler.\nAma param hâlâ gelmedi. Ne yapmam gerekiyor, lütfen bana hemen yazın',
    'Merhaba\nTeşekkürler.\nAma param hâlâ gelmedi. Ne yapmam gerekiyor, lütfen bana hemen yazın',
  ],
])('a closing ends what is said: %s', (text, own) => {
  expect(trim(text, { forwards: false, answers: false })).toBe(own);
});

test('addresses that could break a header or an envelope are none', () => {
  expect(cleanAddress(' Ada@Client.EXAMPLE ')).toBe('ada@client.example');
  for (const bad of ['a b@c.example', 'a@c.example\r\nBcc: x@y', '<a@c>', 'a@b@c', '', '@c', 'a@', `${'a'.repeat(70)}@c.example`])
    expect(cleanAddress(bad)).toBeUndefined();
});

test('addresses of programs', () => {
  for (const machine of [
    'no-reply@x.example',
    'noreply@x.example',
    'do-not-reply@x.example',
    'mailer-daemon@x.example',
    'bounce+1@x.example',
  ])
    expect(isMachineAddress(machine)).toBe(true);
  for (const person of ['norman@x.example', 'nora.reply@x.example', 'ada@noreply.example']) expect(isMachineAddress(person)).toBe(false);
});

describe('Authentication-Results', () => {
  const mail = (...values: string[]) => ({ header: () => values }) as unknown as Mail;
  const good = 'mx.demobet.example; spf=pass smtp.mailfrom=a.example; dkim=pass header.d=a.example; dmarc=pass';

  test('are believed of the named server alone', () => {
    expect(readAuthentication(mail(good), undefined)).toBeUndefined();
    expect(readAuthentication(mail(good), 'mx.other.example')).toEqual({});
    expect(readAuthentication(mail(good), 'mx.demobet.example')).toEqual({ spf: 'pass', dkim: 'pass', dmarc: 'pass' });
    expect(readAuthentication(mail('mx.demobet.example; dmarc=fail', good), 'mx.demobet.example')).toEqual({ dmarc: 'fail' });
  });

  test('tell who is not who they claim to be', () => {
    expect(isForged(undefined)).toBe(false);
    expect(isForged({})).toBe(true);
    expect(isForged({ dmarc: 'fail', spf: 'pass' })).toBe(true);
    expect(isForged({ dmarc: 'none', spf: 'fail', dkim: 'none' })).toBe(true);
    expect(isForged({ dmarc: 'none', dkim: 'pass' })).toBe(false);
  });
});

test('a mail that the server’s filter takes for spam is marked, whatever the filter; one that it lets pass is not', () => {
  const mail = (headers: Record<string, string>) =>
    ({ header: (name: string) => (headers[name] ? [headers[name]] : []) }) as unknown as Mail;
  for (const headers of [
    { 'x-spam-flag': 'YES' },
    { 'x-spam-status': 'Yes, score=9.1 required=5.0' },
    { 'x-spam': 'Yes' },
    { 'x-spam-action': 'add header' },
  ] as Record<string, string>[])
    expect(isSpam(mail(headers)), JSON.stringify(headers)).toBe(true);
  for (const headers of [
    {},
    { 'x-spam-status': 'No, score=-2.1 required=5.0' },
    { 'x-spam-flag': 'NO' },
    { 'x-spam-action': 'no action' },
  ] as Record<string, string>[])
    expect(isSpam(mail(headers)), JSON.stringify(headers)).toBe(false);
});

test('a sender who writes more than people do is not answered any more, by the time of arrival', () => {
  const cap = createRateCap();
  const now = Date.now();
  expect(Array.from({ length: 12 }, (_, n) => cap('s', 'a', now + n)).some(Boolean)).toBe(false);
  expect(cap('s', 'a', now + 20)).toBe(true);
  expect(cap('s', 'b', now + 20)).toBe(false);
  expect(cap('s', 'a', now + 3_700_000)).toBe(false);
});

test('nor one who never stops, nor a mailbox that a flood of senders reaches', () => {
  const cap = createRateCap();
  const now = Date.now();
  const hour = 3_600_000;
  const answered = Array.from({ length: 60 }, (_, n) => cap('s', 'a', now + n * 0.35 * hour)).filter((over) => !over);
  expect(answered.length).toBe(40);
  const flood = createRateCap();
  expect(Array.from({ length: 3_000 }, (_, n) => flood('s', `sender ${n}`, now + n)).some(Boolean)).toBe(false);
  expect(flood('s', 'one more', now + 4_000)).toBe(true);
  expect(flood('another mailbox', 'one more', now + 4_000)).toBe(false);
});

describe('settings', () => {
  const base = { SMTP_URL: 'smtp://mail.example', MAIL_FROM: 'Desk <support@demobet.example>', ROLES: ['email'] };

  test('are a list of mailboxes, with an address and a department each', () => {
    const IMAP_URL =
      'imaps://support%40demobet.example:p%2Cw@mail.example, imap://fin:pw@mail.example:1143/Inbox%2FMoney?department=finance&address=Finance@demobet.example&authserv=mx.example&history=0';
    const [first, second] = readSettings({ ...base, IMAP_URL })?.mailboxes ?? [];
    expect(first).toMatchObject({
      address: 'support@demobet.example',
      from: { name: 'Desk' },
      imap: { port: 993, secure: true, pass: 'p,w', folder: 'INBOX' },
      historyDays: 3,
    });
    expect(second).toMatchObject({
      address: 'finance@demobet.example',
      department: 'finance',
      authserv: 'mx.example',
      imap: { port: 1143, secure: false, folder: 'Inbox/Money' },
      historyDays: 0,
    });
  });

  test('are off while one is missing, and say what is wrong', () => {
    expect(readSettings(base)).toBeUndefined();
    expect(() => readSettings({ ...base, IMAP_URL: 'imap://a:b@c imap://d:b@c' })).toThrow(/two mailboxes/);
    expect(() => readSettings({ ...base, MAIL_FROM: 'nobody', IMAP_URL: 'imap://a:b@c' })).toThrow(/MAIL_FROM/);
  });

  test.each([
    [{ IMAP_URL: 'imap://a%ZZ:b@c' }, /IMAP_URL: has a % that stands for nothing\. Write a % .* as %25/],
    [{ IMAP_URL: 'imap://a:b@c', SMTP_URL: 'smtp://a:%ZZ@c' }, /SMTP_URL: has a % that stands for nothing/],
    [{ IMAP_URL: 'imap://a:b@c?histori=3' }, /IMAP_URL: knows nothing called histori\. It takes address, department/],
    [{ IMAP_URL: 'imap://a:b@c?tls=off' }, /IMAP_URL: tls can only be any/],
    [{ IMAP_URL: 'imap://a:b@c?address=nobody' }, /IMAP_URL: address is no e-mail address/],
    [{ IMAP_URL: 'imap://a:b@c?history=0x10' }, /IMAP_URL: history must be a number of days/],
    [{ IMAP_URL: 'imap://a:b@c?history=' }, /IMAP_URL: history must be a number of days/],
    [{ IMAP_URL: 'imap://a:b@c', MAIL_FROM: 'a@b.example, c@d.example' }, /MAIL_FROM: holds no e-mail address/],
  ])('that cannot be meant are refused with what to write instead: %o', (given, fault) => {
    expect(() => readSettings({ ...base, ...given })).toThrow(fault);
  });
});

describe('a mail of ours', () => {
  const mailbox = { address: place.mailbox, from: { name: 'Desk', address: place.mailbox } } as Mailbox;
  const asked = {
    author: 'contact' as const,
    externalId: 'hash <q1@client.example>',
    body: { type: 'message' as const, subject: 'Re: My money\r\nBcc: evil@x.example' },
  };
  const write = (over: object = {}) =>
    compose({
      place,
      mailbox,
      tokens,
      id: '17.0',
      at: new Date(0),
      author: 'bot',
      text: 'Hello **Ada**\n\n1. Yes\n2. No',
      footer: 'Reply',
      language: 'en',
      noSubject: 'Your message',
      history: [asked],
      ...over,
    });

  test('answers the last one in its thread', () => {
    const mail = write({ ticket: '1042-K' });
    expect(mail.subject).toBe('Re: My money Bcc: evil@x.example [1042-K]');
    expect(mail.inReplyTo).toBe('<q1@client.example>');
    expect(mail.references).toEqual([tokens.threadId(place), '<q1@client.example>']);
    expect(write()).toEqual(write());
  });

  test('says the same in text and in HTML', () => {
    const { text, html } = write();
    expect(text).toBe('Hello Ada\n\n1. Yes\n2. No\n\n-- \nReply');
    expect(html).toContain('<strong>Ada</strong>');
    expect(write({ text: '<script>x</script>' }).html).not.toContain('<script');
  });

  test('says that a program wrote it, where one did', () => {
    expect(write().headers).toMatchObject({ 'Auto-Submitted': 'auto-replied', 'X-Auto-Response-Suppress': 'All' });
    expect(write({ author: 'system' }).headers['Auto-Submitted']).toBe('auto-replied');
    expect(write({ author: 'agent' }).headers['Auto-Submitted']).toBeUndefined();
  });

  test('repeats no Message-ID that is more than one', () => {
    const bad = { ...asked, externalId: 'hash <a\u0007b@c>' };
    expect(write({ history: [bad] }).inReplyTo).toBeUndefined();
    expect(write({ history: [] }).subject).toBe('Re: Your message');
  });
});

test('refusals for good, and those that pass', () => {
  const log = createLog('silent');
  const failure = (error: object) => sendingFailure(Object.assign(new Error('x'), error), 1, log);
  expect(failure({ code: 'EENVELOPE', responseCode: 550, command: 'RCPT TO' })).toMatchObject({ code: 'address-unknown' });
  expect(failure({ code: 'EMESSAGE', responseCode: 554, command: 'DATA' })).toBeInstanceOf(Undeliverable);
  for (const passing of [
    { code: 'EENVELOPE', responseCode: 451, command: 'RCPT TO' },
    { code: 'ECONNECTION' },
    { code: 'EAUTH', responseCode: 535 },
    { code: 'ETIMEDOUT' },
    { code: 'EENVELOPE', responseCode: 550, command: 'MAIL FROM' },
  ])
    expect(failure(passing)).toMatchObject({ name: 'RetryLater' });
});
