import { randomUUID } from 'node:crypto';
import net from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../setup/app.ts';
import { until } from '../../setup/until.ts';
import { type Dovecot, hasDovecot, startDovecot } from './dovecot.ts';
import { support } from './mail-app.ts';
import { type Post, startPost } from './post.ts';

const question = 'how long does a withdrawal take?';

/** A wire to the SMTP server that can be cut in the moment between the mail's last byte and the server's word that it has it. */
async function startWire(to: string): Promise<{ url: string; cutNext(): void; cuts(): number; end(): void }> {
  const { hostname, port } = new URL(to);
  let armed = false;
  let cuts = 0;
  const server = net.createServer((client) => {
    const upstream = net.connect(Number(port), hostname);
    let ending = '';
    let sent = false;
    client.on('data', (data) => {
      ending = (ending + data.toString('latin1')).slice(-5);
      sent = ending === '\r\n.\r\n';
      upstream.write(data);
    });
    upstream.on('data', (data) => {
      if (armed && sent) {
        armed = false;
        cuts++;
        client.destroy();
      } else client.write(data);
    });
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const)
      one.on('error', () => undefined).on('close', () => other.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `smtp://127.0.0.1:${(server.address() as net.AddressInfo).port}`,
    cutNext: () => (armed = true),
    cuts: () => cuts,
    end: () => void server.close(),
  };
}

describe.skipIf(!hasDovecot)('mails as odd programs and servers make them', () => {
  let dovecot: Dovecot;
  let post: Post;
  let wire: Awaited<ReturnType<typeof startWire>>;
  let app: TestApp;
  beforeAll(async () => {
    dovecot = await startDovecot();
    post = await startPost(dovecot, [support]);
    wire = await startWire(post.url);
    app = await startTestApp({ IMAP_URL: dovecot.url(support), SMTP_URL: wire.url, MAIL_FROM: `Demobet <${support}>` });
  });
  afterAll(async () => {
    await app.end();
    wire.end();
    await post.stop();
    await dovecot.end();
  });

  interface Kept {
    text: string;
    name: string | null;
    body: { subject?: string; silent?: string; attachments?: { name: string; type: string; size: number; refused?: string }[] };
  }
  async function keptOf(raw: string | Buffer, sender: string): Promise<Kept> {
    await dovecot.deliver(support, raw);
    return until(
      async () =>
        (
          await app.query<Kept>(
            `select m.text, m.body, c.name from message m join address a on a.id = m.address_id join contact c on c.id = a.contact_id where m.author = 'contact' and a.value like $1 order by m.id`,
            [`% ${sender} %`],
          )
        )[0],
    );
  }
  const from = () => `${randomUUID().slice(0, 8)}@odd.example`;
  const head = (sender: string, more: string) => `From: Ayşe <${sender}>\r\nTo: ${support}\r\nMIME-Version: 1.0\r\n${more}\r\n`;

  // First, while nothing else goes over the wire.
  test('the server takes a mail and dies before it says so: what goes again is the same mail, so that it shows as one', async () => {
    const sender = from();
    wire.cutNext();
    await keptOf(`${head(sender, 'Subject: x\r\n')}${question}\r\n`, sender);
    const [first, second] = await until(() => (post.to(sender).length > 1 ? post.to(sender) : undefined));
    expect(wire.cuts()).toBe(1);
    expect(second?.mail.messageId).toBe(first?.mail.messageId);
    expect(second?.mail.text).toBe(first?.mail.text);
    const replies = () =>
      app.query<{ delivery: string }>(
        `select m.delivery from message m join address a on a.id = m.address_id where m.author = 'bot' and a.value like $1`,
        [`% ${sender} %`],
      );
    await until(async () => (await replies()).every(({ delivery }) => delivery === 'sent'));
    expect(await replies()).toHaveLength(1);
    expect(post.to(sender)).toHaveLength(2);
  });

  test('quoted-printable that breaks amid a letter, base64 without its padding or cut amid a letter', async () => {
    const [broken, unpadded] = [from(), from()];
    const qp = await keptOf(
      head(broken, 'Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n') +
        '=C5=\r\n=9Eifremi unuttum =C3\r\n',
      broken,
    );
    expect(qp.text).toMatch(/^Şifremi unuttum/);
    const text = Buffer.from('Çekim ne kadar sürer').toString('base64').replace(/=+$/, '');
    const base64 = await keptOf(
      head(unpadded, 'Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n') + text,
      unpadded,
    );
    expect(base64.text).toBe('Çekim ne kadar sürer');
    const cut = from();
    const bytes = Buffer.from('Para çekme işlemi ne kadar sürer? Hâlâ gelmedi, çok bekledim ş').subarray(0, -1);
    const half = await keptOf(
      // With no letter in its head that would show what charset it is.
      `${head(cut, 'Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n').replace('Ayşe', 'Ada')}${bytes.toString('base64')}\r\n`,
      cut,
    );
    expect(half.text).toBe('Para çekme işlemi ne kadar sürer? Hâlâ gelmedi, çok bekledim \ufffd');
  });

  test('HTML alone in parts in parts, a mail within the mail, an invitation, a file of nothing', async () => {
    const sender = from();
    const parts = [
      'Content-Type: multipart/alternative; boundary=in\r\n\r\n--in\r\nContent-Type: multipart/related; boundary=deep\r\n\r\n--deep\r\nContent-Type: text/html; charset=iso-8859-9\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>Para =E7ekme ne kadar s=FCrer?</p>\r\n--deep--\r\n--in--',
      'Content-Type: message/rfc822\r\nContent-Disposition: attachment; filename="old.eml"\r\n\r\nFrom: x@y.example\r\nSubject: inner\r\n\r\nnever the outer words',
      'Content-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR',
      'Content-Type: application/pdf\r\nContent-Disposition: attachment; filename="empty.pdf"\r\n\r\n',
    ];
    const kept = await keptOf(
      head(sender, 'Content-Type: multipart/mixed; boundary=out\r\n') +
        parts.map((part) => `--out\r\n${part}\r\n`).join('') +
        '--out--\r\n',
      sender,
    );
    expect(kept.text).toBe('Para çekme ne kadar sürer?');
    const files = kept.body.attachments ?? [];
    expect(files.find(({ name }) => name === 'empty.pdf')?.refused).toBeTruthy();
    expect(files.filter(({ refused }) => !refused)).toEqual([]);
  });

  test('a subject of 10 kB, 100 references, a name full of commands', async () => {
    const sender = from();
    const references = Array.from({ length: 100 }, (_, n) => `<${n}.${'a'.repeat(60)}@x.example>`).join('\r\n ');
    const name = '"=?utf-8?Q?=3Cscript=3Ealert(1)=3C/script=3E=0D=0ABcc:_x@y.example?= {{7*7}} \' or 1=1 --"';
    const kept = await keptOf(
      `From: ${name} <${sender}>\r\nTo: ${support}\r\nSubject: ${'konu '.repeat(2_000)}\r\nReferences: ${references}\r\n\r\n${question}\r\n`,
      sender,
    );
    expect(kept.text).toContain(question);
    expect(kept.body.subject?.length).toBeLessThanOrEqual(300);
    const sent = await until(() => post.to(sender)[0]);
    expect(sent.header('bcc')).toBeUndefined();
    expect(sent.raw.split('\r\n\r\n')[0]).not.toMatch(/^Bcc:/im);
    expect((sent.header('subject') ?? '').length).toBeLessThan(1_000);
  });

  test('300 small files: fifty by name, the rest in one line, and the words answered', async () => {
    const sender = from();
    const parts = Array.from(
      { length: 300 },
      (_, n) => `--b\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename="n${n}.txt"\r\n\r\nnote ${n}\r\n`,
    );
    const kept = await keptOf(
      `${head(sender, 'Content-Type: multipart/mixed; boundary=b\r\n')}--b\r\nContent-Type: text/plain\r\n\r\n${question}\r\n${parts.join('')}--b--\r\n`,
      sender,
    );
    expect(kept.text).toBe(question);
    expect(kept.body.attachments).toHaveLength(51);
    expect(kept.body.attachments?.at(-1)?.name).toBe('+250');
    await until(() => post.to(sender).find(({ mail }) => /24 hours/.test(mail.text ?? '')));
  });

  test.each([
    ['az', '2026-11-21 10:15 tarixində Destek <support@demobet.example> yazıb:'],
    ['tr', '21 Kas 2026 Cmt, saat 10:15 tarihinde Destek <support@demobet.example> şunu yazdı:'],
    ['en', 'On Sat, Nov 21, 2026 at 10:15 AM Destek <support@demobet.example> wrote:'],
  ])('an answer above and one below a quote (%s): the words alone', async (_, attribution) => {
    const [above, below] = [from(), from()];
    const re = 'Subject: Re: x\r\nIn-Reply-To: <a@b.example>\r\nContent-Type: text/plain; charset=utf-8\r\n';
    const top = await keptOf(`${head(above, re)}my own words\r\n\r\n${attribution}\r\n\r\n> old\r\n> older\r\n`, above);
    expect(top.text).toMatch(/^(x\n\n)?my own words$/);
    const bottom = await keptOf(`${head(below, re)}${attribution}\r\n> old\r\n> older\r\n\r\nmy own words\r\n`, below);
    expect(bottom.text).toMatch(/^(x\n\n)?my own words$/);
  });
});
