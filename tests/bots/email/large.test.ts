import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keepFiles } from '../../../src/bots/email/files.ts';
import { connectInbox, type Inbox } from '../../../src/bots/email/inbox.ts';
import { type Mail, readMail } from '../../../src/bots/email/mail.ts';
import { planParts } from '../../../src/bots/email/parts.ts';
import { type Mailbox, readSettings } from '../../../src/bots/email/settings.ts';
import { leftOutSize } from '../../../src/bots/email/shrink.ts';
import { createTokens } from '../../../src/bots/email/token.ts';
import { understand } from '../../../src/bots/email/understand.ts';
import type { Host } from '../../../src/conversation/channel.ts';
import type { Files } from '../../../src/files/files.ts';
import { type FilesUnderTest, openFiles } from '../../files/place.ts';
import { type Dovecot, hasDovecot, startDovecot } from './dovecot.ts';
import { compose } from './person.ts';

const most = { mailBytes: 20_000, textBytes: 4_000, fileBytes: 10_000, files: 10 };
const origin = { channel: 'email', address: 'box ada@client.example thread' };
const text = (bytes: number) => 'word '.repeat(bytes / 5);

describe.skipIf(!hasDovecot)('a mail that is too large as a whole', () => {
  const box = `${randomUUID().slice(0, 8)}@demobet.example`;
  let dovecot: Dovecot;
  let inbox: Inbox;
  let next = 1;
  let under: FilesUnderTest;
  let files: Files;
  beforeAll(async () => {
    under = await openFiles();
    files = under.with({ rules: () => ({ accept: ['txt'], maxMb: 1, count: most.files }) });
    dovecot = await startDovecot();
    const [mailbox] =
      readSettings({ IMAP_URL: dovecot.url(box), SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: box, ROLES: ['email'] })?.mailboxes ?? [];
    inbox = await connectInbox(mailbox as never, { signal: new AbortController().signal, commandMs: 10_000 });
  });
  afterAll(async () => {
    inbox?.close();
    await dovecot?.end();
    await under?.end();
  });

  async function shrunk(mail: Record<string, unknown>, over: Partial<typeof most> = {}) {
    const raw = await compose({ from: 'ada@client.example', to: box, subject: 'Belgeler', messageId: '<large@client.example>', ...mail });
    await dovecot.deliver(box, raw);
    await inbox.open();
    const found = await inbox.shrunk(next++, { ...most, ...over });
    if (!found) throw new Error('its description could not be used');
    const read: Mail = await readMail(found.source);
    return { ...found, read, size: raw.length };
  }
  const kept = (given: Mail['files'], fetched: object) =>
    keepFiles({ files: files.of('email') } as unknown as Host, given, { address: origin.address, fetched: fetched as never });

  test('its text and what fits of its files are read, the others are named with their size, and nothing else is lost', async () => {
    const {
      read,
      shrunk: how,
      source,
      size,
    } = await shrunk({
      text: 'merhaba, işte belgelerim',
      html: '<p>merhaba, işte belgelerim</p>',
      attachments: [
        { filename: 'kimlik ön.txt', content: text(6_000) },
        { filename: 'video.txt', content: text(60_000) },
        { filename: 'arka.txt', content: text(7_000) },
        { filename: 'çok.txt', content: text(8_000) },
        { filename: 'küçük.txt', content: 'three lines' },
      ],
    });
    expect(source.length).toBeLessThan(size / 2);
    expect(read).toMatchObject({ text: 'merhaba, işte belgelerim', messageId: '<large@client.example>', subject: 'Belgeler' });
    expect(how.cut).toBe(false);
    const left = read.files.map(({ bytes }) => leftOutSize(bytes, how.secret));
    expect(left.map((each) => each === undefined)).toEqual([true, false, true, false, true]);
    expect(Math.abs((left[1] as number) - 60_000)).toBeLessThan(600);

    const listed = await kept(read.files, { size, source, shrunk: how });
    expect(listed.map(({ name, refused }) => [name, refused])).toEqual([
      ['kimlik ön.txt', undefined],
      ['video.txt', 'too-large-here'],
      ['arka.txt', undefined],
      ['çok.txt', 'too-large-here'],
      ['küçük.txt', undefined],
    ]);
    expect((await files.open(listed[2]?.file as string))?.bytes.toString()).toBe(text(7_000));
  });

  test('a text that stands behind a file that is too large is read all the same; a long one is cut at a word, in its own letters', async () => {
    const raw = [
      'From: ada@client.example',
      'Message-ID: <behind@client.example>',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary="a b"',
      '',
      '--a b',
      'Content-Type: application/pdf; name=first.pdf',
      'Content-Disposition: attachment; filename=first.pdf',
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.alloc(30_000).toString('base64').replace(/.{76}/g, '$&\r\n'),
      '--a b',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from(`son söz ${'şğıİöç '.repeat(3_000)}`)
        .toString('base64')
        .replace(/.{76}/g, '$&\r\n'),
      '--a b--',
      '',
    ].join('\r\n');
    await dovecot.deliver(box, raw);
    await inbox.open();
    const found = await inbox.shrunk(next++, most);
    const read = await readMail(found?.source as Buffer);
    expect(read.text).toMatch(/^son söz (şğıİöç )+şğıİöç$/);
    expect(read.text.length).toBeGreaterThan(1_000);
    expect(found?.shrunk.cut).toBe(true);
    expect(read.files.map(({ name }) => name)).toEqual(['first.pdf']);
  });

  test('what people write themselves is never taken for a file that was left out', async () => {
    const { read, shrunk: how } = await shrunk({ text: 'x', attachments: [{ filename: 'a.txt', content: `${randomUUID()} 99999999` }] });
    expect(read.files.map(({ bytes }) => leftOutSize(bytes, how.secret))).toEqual([undefined]);
  });

  test('a mail that is nothing but a file, and files beyond what a message may have', async () => {
    const alone = await shrunk({ attachments: [{ filename: 'video.txt', content: text(60_000) }] });
    expect(alone.read.files.map(({ name, bytes }) => [name, leftOutSize(bytes, alone.shrunk.secret) !== undefined])).toEqual([
      ['video.txt', true],
    ]);
    const many = Array.from({ length: 5 }, (_, n) => ({ filename: `${n}.txt`, content: 'x' }));
    const { read, shrunk: how } = await shrunk({ text: 'x', attachments: many }, { files: 3 });
    expect(read.files.map(({ bytes }) => leftOutSize(bytes, how.secret) === undefined)).toEqual([true, true, true, false, false]);
  });

  test('where only its beginning can be read no file is trusted, and the mail is named as too large', async () => {
    const [file] = (await readMail(await compose({ attachments: [{ filename: 'a.txt', content: 'half of it' }] }))).files;
    const listed = await kept([file as never], { size: 50_000_000, source: Buffer.alloc(10) });
    expect(listed.map(({ name, refused }) => [name, refused])).toEqual([
      ['a.txt', 'too-large-here'],
      ['mail.eml', 'too-large-here'],
    ]);
  });
});

test('a text of which not all is kept is marked', async () => {
  const mailbox = { address: 'support@demobet.example' } as Mailbox;
  const about = { mailbox, own: [mailbox.address], tokens: createTokens((use) => Buffer.from(`a key for ${use}`)) };
  const marks = async (bytes: number) => {
    const source = await compose({ from: 'ada@client.example', to: mailbox.address, subject: 'x', text: text(bytes) });
    const fact = understand(await readMail(source), source, about);
    return fact.fact === 'message' ? fact.message.marks : fact;
  };
  expect(await marks(30_000)).toEqual(['cut']);
  expect(await marks(10_000)).toBeUndefined();
});

test('a description that cannot be put together again is not used', () => {
  const leaf = { part: '1', type: 'text/plain', size: 10 };
  expect(planParts({ type: 'multipart/mixed', childNodes: [leaf] }, most)).toBeUndefined();
  expect(planParts({ type: 'multipart/mixed', parameters: { boundary: 'b' }, childNodes: [] }, most)).toBeUndefined();
  const many = Array.from({ length: 300 }, (_, n) => ({ ...leaf, part: `${n + 1}` }));
  expect(planParts({ type: 'multipart/mixed', parameters: { boundary: 'b' }, childNodes: many }, most)).toBeUndefined();
  expect(planParts({ type: 'multipart/mixed', parameters: { boundary: 'b' }, childNodes: [leaf] }, most)?.leaves).toMatchObject([
    { take: 10 },
  ]);
});
