import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { readMail } from '../../../src/bots/email/mail.ts';
import { createTokens } from '../../../src/bots/email/token.ts';
import { understand } from '../../../src/bots/email/understand.ts';
import { maxInboundLength } from '../../../src/conversation/message.ts';
import { support } from './mail-app.ts';

// Before anything of a mail is durable: what hangs or throws here would come back at every start.

const about = {
  mailbox: { address: support, imap: { user: '', host: '', port: 1, secure: true, folder: '' }, historyDays: 0 } as never,
  own: [support],
  tokens: createTokens((use) => createHash('sha256').update(use).digest()),
};

function mailOf(body: string, { header = '', type = 'text/plain' } = {}): Buffer {
  return Buffer.from(`From: a@b.example\r\nTo: ${support}\r\nContent-Type: ${type}; charset=utf-8\r\n${header}\r\n${body}`);
}

const again = (piece: string, length: number) => piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
const answer = 'Subject: Re: x\r\nIn-Reply-To: <x@y.example>\r\n';
const report = 'Return-Path: <>\r\nSubject: Undeliverable\r\n';

const bodies: [what: string, make: (length: number) => Buffer][] = [
  ['blanks amid a line', (length) => mailOf(`a${again(' ', length)}b`)],
  ['tabs amid a line', (length) => mailOf(`a${again('\t', length)}b`)],
  ['hard blanks before the last word', (length) => mailOf(`hello\n${again('\u00a0', length)}b`)],
  ['blanks in a preformatted HTML text', (length) => mailOf(`<pre>a${again(' ', length)}b`, { type: 'text/html' })],
  ['lines that all but say who wrote', (length) => mailOf(again(`wrote${' '.repeat(380)}x\n\n`, length), { header: answer })],
  ['rules without an end', (length) => mailOf(`${again('-', length)}original`, { header: answer })],
  ['letters with marks upon marks', (length) => mailOf(`a${again('\u0301', length)}`)],
  ['a subject of nothing but beginnings of words', (length) => mailOf('hi', { header: `Subject: ${again('=?a?b?c', length)}\r\n` })],
  ['receivers in groups in groups', (length) => mailOf('hi', { header: `Cc: ${again('a:', length)}\r\n` })],
  ['a report without a status', (length) => mailOf(`Status:${again(' ', length)}`, { header: report })],
];

describe('time to understand a mail grows with its length, no faster', () => {
  test.each(bodies)('%s', async (_, make) => {
    const time = async (length: number) => {
      const source = make(length);
      const from = process.cpuUsage();
      const mail = await readMail(source);
      understand(mail, source, about);
      const { user, system } = process.cpuUsage(from);
      return (user + system) / 1000;
    };
    await time(2_000);
    const small = Math.max(20, Math.min(await time(15_000), await time(15_000)));
    const large = Math.min(await time(60_000), await time(60_000), await time(60_000));
    expect(large / small).toBeLessThan(10);
  });

  test('while a large mail is read everything else goes on, and it is read as a small one is', async () => {
    const file = Buffer.alloc(6_000_000, 'Destek');
    const parts = [
      'Content-Type: text/plain; charset=windows-1254\r\nContent-Transfer-Encoding: base64\r\n\r\nUGFyYSDnZWttZSD+aW1kaQ==',
      `Content-Type: application/pdf\r\nContent-Disposition: attachment; filename="a.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\n${file.toString('base64').replace(/.{76}/g, '$&\r\n')}`,
    ];
    const source = Buffer.from(
      `From: a@b.example\r\nSubject: Merhaba\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n${parts.map((part) => `--x\r\n${part}\r\n`).join('')}--x--\r\n`,
    );
    let turns = 0;
    let reading = true;
    const count = () => {
      turns++;
      if (reading) setImmediate(count);
    };
    setImmediate(count);
    const mail = await readMail(source);
    reading = false;
    expect(turns).toBeGreaterThan(100);
    expect(mail).toMatchObject({ text: 'Para çekme şimdi', subject: 'Merhaba', from: { address: 'a@b.example' } });
    expect(mail.files.map(({ name, bytes }) => [name, Buffer.compare(Buffer.from(bytes), file)])).toEqual([['a.pdf', 0]]);
    await expect(
      readMail(Buffer.concat([source.subarray(0, 20), Buffer.from('X: y\r\n'.repeat(1_300_000).slice(0, 9_000_000))])),
    ).rejects.toThrow();
  });

  test('tags that are opened without end are read as far as anybody reads', async () => {
    const mail = await readMail(mailOf(`<p>Salam</p>${'<b>'.repeat(700_000)}`, { type: 'text/html' }));
    expect(mail.text).toBe('Salam');
  });

  test('a picture that stands in the text as letters does not hide what follows it', async () => {
    const picture = `<img src="data:image/png;base64,${'A'.repeat(600_000)}">`;
    const mail = await readMail(mailOf(`<p>before</p>${picture}<p>behind</p>`, { type: 'text/html' }));
    expect(mail.text).toMatch(/^before\s+behind$/);
  });

  test('a mail of nothing but line ends is one that cannot be read, at once', async () => {
    await expect(readMail(mailOf('\n'.repeat(5_000_000)))).rejects.toThrow('lines');
  });

  test('what is kept is never longer than we keep, and always text', async () => {
    for (const piece of ['\ud83d\ude00', 'ş', '\0a']) {
      const source = mailOf(again(piece, 90_001));
      const fact = understand(await readMail(source), source, about);
      const text = fact.fact === 'message' ? fact.message.text : '';
      expect(text.length).toBeGreaterThan(0);
      expect(text.length).toBeLessThanOrEqual(maxInboundLength);
    }
  });
});
