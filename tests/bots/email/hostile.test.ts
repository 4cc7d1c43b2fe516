import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../../setup/until.ts';
import { hasDovecot } from './dovecot.ts';
import { type MailApp, startMailApp, support } from './mail-app.ts';
import { compose } from './person.ts';

const question = 'how long does a withdrawal take?';

describe.skipIf(!hasDovecot)('mails that are made to hurt', () => {
  let all: MailApp;
  beforeAll(async () => {
    all = await startMailApp({}, '?history=3');
  });
  afterAll(() => all.end());

  interface Kept {
    text: string;
    name: string | null;
    value: string;
    body: { subject?: string; full?: string; attachments?: { name: string; type: string; size: number; refused: string }[] };
  }
  const kept = (sender: string) =>
    all.app.query<Kept>(
      `select m.text, m.body, c.name, a.value from message m join address a on a.id = m.address_id join contact c on c.id = a.contact_id where m.author = 'contact' and a.value like $1 order by m.id`,
      [`% ${sender} %`],
    );
  const asides = async () =>
    (await all.app.query<{ value: { uid: number; why: string }[] }>(`select value from cursor where name = $1`, [`aside:${support}`]))[0]
      ?.value ?? [];

  /** Delivers it, then a harmless mail, and waits until that one is answered: nothing was blocked. */
  async function survives(raw: string | Buffer): Promise<void> {
    await all.dovecot.deliver(support, raw);
    const person = all.person();
    await person.mail({ subject: '', text: question });
    await until(() => person.arrived().find((text) => /24 hours/.test(text)), 14_000);
  }
  const from = () => `${randomUUID().slice(0, 8)}@evil.example`;

  test('5 MB of headers', async () => {
    const sender = from();
    const junk = Array.from({ length: 5_000 }, (_, n) => `X-Junk-${n}: ${'a'.repeat(1_000)}`).join('\r\n');
    await survives(`From: ${sender}\r\nTo: ${support}\r\nSubject: big\r\n${junk}\r\n\r\n${question}\r\n`);
    expect((await kept(sender))[0]?.text).toBe(`big\n\n${question}`);
  });

  test('headers without end are kept aside, and shown', async () => {
    const sender = from();
    const junk = Array.from({ length: 9_000 }, (_, n) => `X-Junk-${n}: ${'a'.repeat(1_000)}`).join('\r\n');
    await survives(`From: Eve <${sender}>\r\nTo: ${support}\r\nSubject: big\r\n${junk}\r\n\r\nhello\r\n`);
    expect((await asides()).at(-1)?.why).toMatch(/header/i);
    expect((await kept(sender))[0]?.body.attachments).toMatchObject([{ name: 'mail.eml' }]);
    await until(() => all.post.to(sender)[0]);
  });

  test('1,000 MIME parts, and parts in parts in parts', async () => {
    const [wide, deep] = [from(), from()];
    const parts = Array.from(
      { length: 1_000 },
      (_, n) => `--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename="f${n}.pdf"\r\n\r\nx\r\n`,
    ).join('');
    await survives(
      `From: ${wide}\r\nTo: ${support}\r\nSubject: wide\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n${question}\r\n${parts}--b--\r\n`,
    );
    const [message] = await kept(wide);
    expect(message?.text).toBe(`wide\n\n${question}`);
    expect(message?.body.attachments).toHaveLength(51);
    expect(message?.body.attachments?.at(-1)?.name).toBe('+950');
    const nested = Array.from({ length: 400 }, (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`).join('');
    await survives(
      `From: ${deep}\r\nTo: ${support}\r\nSubject: deep\r\nMIME-Version: 1.0\r\n${nested}Content-Type: text/plain\r\n\r\nhello`,
    );
    expect((await asides()).at(-1)?.why).toMatch(/nest/i);
  });

  test('path names, script and remote images', async () => {
    const sender = from();
    await survives(
      await compose({
        from: sender,
        to: support,
        subject: '<script>alert(1)</script>',
        html: `<script>alert(1)</script><img src="http://track.example/p.gif" onerror="alert(1)"><style>body{display:none}</style><p>${question}</p><a href="javascript:alert(1)">x</a>`,
        attachments: [
          { filename: '../../../etc/cron.d/evil', content: 'x' },
          { filename: 'C:\\x\\..\\run.exe', content: 'x' },
        ],
      }),
    );
    const [message] = await kept(sender);
    // Texts stay texts: what shows them escapes them.
    expect(message?.text).toBe(`<script>alert(1)</script>\n\n${question}\n\nx`);
    expect(message?.body.attachments?.map(({ name }) => name)).toEqual(['evil', 'run.exe']);
    const sent = await until(() => all.post.to(sender)[0]);
    expect(sent.mail.html).not.toContain('<script');
  });

  test('headers that would become several', async () => {
    const sender = from();
    const inject = (text: string) => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;
    await survives(
      [
        `From: ${inject('Eve\r\nBcc: victim@x.example')} <${sender}>`,
        `To: ${support}`,
        `Subject: ${inject('Help\r\nBcc: victim@x.example\r\n\r\nbody')}`,
        'Message-ID: <a@b>\r\n\t<c@d> victim@x.example',
        `References: ${'<x@y> '.repeat(2_000)}`,
        '',
        question,
      ].join('\r\n'),
    );
    expect((await kept(sender))[0]?.name).toBe('Eve Bcc: victim@x.example');
    const sent = await until(() => all.post.to(sender)[0]);
    expect(sent.header('bcc')).toBeUndefined();
    expect(sent.mail.subject).toBe('Re: Help Bcc: victim@x.example body');
    expect(all.post.to('victim@x.example')).toEqual([]);
    expect(sent.raw.length).toBeLessThan(10_000);
  });

  test('names that are cut amid a letter, and bytes that are no text', async () => {
    const sender = from();
    const long = (most: number) => `${'x'.repeat(most - 1)}😀😀`;
    const raw = await compose({
      from: { name: long(80), address: sender },
      to: support,
      subject: long(300),
      text: `a\0b ${question}`,
      attachments: [{ filename: `😀${'y'.repeat(119)}`, content: 'x' }],
    });
    await survives(Buffer.concat([Buffer.from('Message-ID: <a\0b\xff@c>\r\n', 'latin1'), raw]));
    expect(await kept(sender)).toHaveLength(1);
  });

  test('senders that are none, several or no address', async () => {
    for (const line of ['From: ', 'From: nobody', 'From: <a b@c.example>', 'From: undisclosed-recipients:;', 'X-From: x@y.example'])
      await all.dovecot.deliver(support, `${line}\r\nTo: ${support}\r\nSubject: x\r\n\r\nhello\r\n`);
    const before = (await asides()).length;
    await survives(`From: a@first.example, b@second.example\r\nTo: ${support}\r\n\r\n${question}\r\n`);
    expect((await asides()).length).toBeGreaterThanOrEqual(Math.max(before, 5));
    expect(await kept('a@first.example')).toHaveLength(1);
  });

  test('nothing at all, bytes without sense, and a bomb of text', async () => {
    const [empty, bomb] = [from(), from()];
    await all.dovecot.deliver(support, '');
    await all.dovecot.deliver(support, Buffer.from(Array.from({ length: 5_000 }, (_, n) => (n * 7919) % 256)));
    await all.dovecot.deliver(support, `From: ${empty}\r\nTo: ${support}\r\n\r\n`);
    await survives(
      `From: ${bomb}\r\nTo: ${support}\r\nContent-Type: text/html\r\n\r\n${'<div>'.repeat(50_000)}${'> '.repeat(20_000)}${'On 2026 a@b.c '.repeat(5_000)}`,
    );
    await until(() => all.post.to(empty)[0]);
    expect(all.post.to(empty)[0]?.mail.text).toMatch(/in a few words|birkaç (sözcük|kelime)|bir neçə söz/i);
    expect(((await kept(bomb))[0]?.text ?? '').length).toBeLessThanOrEqual(20_000);
  });
});
