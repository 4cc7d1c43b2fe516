import { appendFile, cp, mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { harmlessFiles, hostileFiles } from '../../files/corpus.ts';
import { makePdf } from '../../files/pdf.ts';
import { signIn } from '../../setup/desk.ts';
import { smallKnowledge } from '../../setup/small-knowledge.ts';
import { until } from '../../setup/until.ts';
import { hasDovecot } from './dovecot.ts';
import { type MailApp, startMailApp } from './mail-app.ts';
import { answer, type MailPerson } from './person.ts';

interface Listed {
  name: string;
  type: string;
  size: number;
  file?: string;
  refused?: string;
  inline?: boolean;
}

describe.skipIf(!hasDovecot)('files of mails', () => {
  let all: MailApp;
  beforeAll(async () => {
    const knowledge = path.join(await mkdtemp(path.join(os.tmpdir(), 'destek-mail-files-')), 'knowledge');
    await cp(smallKnowledge, knowledge, { recursive: true });
    await appendFile(path.join(knowledge, 'desk.yaml'), '\nattachments: { count: 50 }\n');
    all = await startMailApp({ KNOWLEDGE_DIR: knowledge });
  });
  afterAll(() => all.end());

  /** What the record has of a person's mails. */
  const listed = async (person: MailPerson): Promise<Listed[][]> => {
    const rows = await all.app.query<{ body: { attachments?: Listed[] } }>(
      `select m.body from message m join address a on a.id = m.address_id where m.author = 'contact' and a.value like $1 order by m.id`,
      [`% ${person.address} %`],
    );
    return rows.map(({ body }) => body.attachments ?? []);
  };
  const attach = (files: { name: string; bytes: Buffer; type?: string }[]) =>
    files.map(({ name, bytes, type }) => ({ filename: name, content: bytes, contentType: type ?? 'application/octet-stream' }));

  test('every hostile file gets its verdict by mail too, and every harmless one is kept', async () => {
    // Names that no mail program can write are judged in tests/files.
    const writable = ({ name }: { name: string }) => /^[\p{L}\p{N} ._\-\u202e\u2067]+$/u.test(name) && !/ {2}/.test(name);
    const hostile = (await hostileFiles()).filter(writable);
    const harmless = (await harmlessFiles()).filter(writable);
    expect(hostile.length).toBeGreaterThan(60);
    const person = all.person();
    for (let n = 0; n < hostile.length; n += 40)
      await person.mail({ subject: `Files ${n}`, text: 'here', attachments: attach(hostile.slice(n, n + 40)) });
    await person.mail({ subject: 'Good files', text: 'here', attachments: attach(harmless) });
    const mails = await until(async () => {
      const found = await listed(person);
      return found.length === Math.ceil(hostile.length / 40) + 1 ? found : undefined;
    }, 20_000);
    const bad = mails.slice(0, -1).flat();
    // An empty part and one that a mail program takes for its own are no attachments in some parsers: all are listed here.
    expect(bad.map(({ refused }) => refused)).toEqual(hostile.map(({ refused }) => refused));
    expect(bad.every(({ file }) => file === undefined)).toBe(true);
    const good = mails.at(-1) ?? [];
    expect(good.map(({ refused }) => refused)).toEqual(harmless.map(() => undefined));
    const rows = await all.app.query(
      "select 1 from attachment where type <> 'message/rfc822' and message_id is not null and conversation_id is not null and contact_id is not null",
    );
    expect(rows).toHaveLength(good.length);
  });

  test('one answer lists what came and what did not; a logo in the text is no document', async () => {
    const person = all.person();
    const logo = await sharp({ create: { width: 20, height: 20, channels: 3, background: '#0a7' } })
      .png()
      .toBuffer();
    await person.mail({
      subject: 'Late',
      html: '<p>my withdrawal is late, I have been waiting three days</p><img src="cid:logo">',
      attachments: [
        { filename: 'logo.png', content: logo, cid: 'logo' },
        ...attach([
          { name: 'statement.pdf', bytes: makePdf() },
          { name: 'locked.pdf', bytes: makePdf({ trailer: '/Encrypt 5 0 R' }) },
        ]),
      ],
    });
    const [mail] = await until(() => (person.mails().length > 0 ? person.mails() : undefined), 14_000);
    expect(mail?.mail.text).toContain('We have received your file: statement.pdf.');
    expect(mail?.mail.text).toContain('We could not take locked.pdf: it is protected by a password; please send it without one.');
    expect(mail?.mail.text).not.toContain('logo.png');
    expect((await listed(person))[0]).toMatchObject([
      { name: 'logo.png', inline: true },
      { name: 'statement.pdf', type: 'application/pdf' },
      { name: 'locked.pdf', refused: 'encrypted' },
    ]);
    // People have the case now: one receipt for one mail, and nothing else.
    await person.mail({
      ...answer('here is the other page', mail as never),
      attachments: attach([{ name: 'page-2.pdf', bytes: makePdf() }]),
    });
    const second = await until(() => person.mails()[1], 14_000);
    expect(second.mail.text).toContain('We have received your file: page-2.pdf.');
    expect(second.header('auto-submitted')).toBe('auto-replied');
    await new Promise((resolve) => setTimeout(resolve, 800));
    expect(person.mails()).toHaveLength(2);
  });

  test('an agent answers with a file, which arrives as it is', async () => {
    const person = all.person();
    await person.mail({ subject: 'Hello', text: 'please connect me to a human agent' });
    await until(() => person.mails()[0], 14_000);
    const agent = await signIn(all.app);
    const ticket = await until(async () => (await agent.list()).tickets.at(-1));
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(makePdf())]), 'hesap özeti.pdf');
    const put = await fetch(`${all.app.url}/api/desk/files?ticket=${ticket.id}`, {
      method: 'POST',
      headers: { cookie: agent.cookie, 'x-csrf': agent.me.csrf },
      body: form,
    });
    const { file } = (await put.json()) as { file: string };
    const { heardSeq } = await agent.open(ticket.id);
    await agent.call('POST', `/api/desk/tickets/${ticket.id}/reply`, {
      id: 'mail-with-file',
      text: 'Here it is.',
      seenSeq: heardSeq,
      files: [file],
    });
    const sent = await until(() => all.post.sent.find(({ mail }) => mail.attachments.length > 0), 14_000);
    expect(sent.mail.attachments).toMatchObject([{ filename: 'hesap özeti.pdf', mimeType: 'application/pdf' }]);
    expect(Buffer.from(sent.mail.attachments[0]?.content as ArrayBuffer).equals(makePdf())).toBe(true);
    expect(sent.mail.text).toContain('Here it is.');
  });

  test('a mail is kept as it arrived, sealed, for supervisors, and each look at it is recorded', async () => {
    const person = all.person();
    await person.mail({ subject: 'Original', text: 'I want to talk to a human being. My card is 4111 1111 1111 1111' });
    const supervisor = await signIn(all.app, { role: 'supervisor' });
    const agent = await signIn(all.app);
    const [row] = await until(async () => {
      const rows = await all.app.query<{ id: string; original: string; ticket: string }>(
        `select m.id, m.body ->> 'original' as original, t.id as ticket from message m join address a on a.id = m.address_id
         join ticket t on t.conversation_id = m.conversation_id where a.value like $1 and m.author = 'contact'`,
        [`% ${person.address} %`],
      );
      return rows.length > 0 ? rows : undefined;
    });
    const get = (cookie: string) => fetch(`${all.app.url}/api/desk/files/${row?.original}`, { headers: { cookie } });
    expect((await get(agent.cookie)).status).toBe(403);
    const whole = await get(supervisor.cookie);
    expect(whole.headers.get('content-disposition')).toMatch(/^attachment/);
    const source = await whole.text();
    expect(source).toMatch(/^Subject: Original/m);
    expect(source).toContain('4111 1111 1111 1111');
    const { messages } = await supervisor.open(Number(row?.ticket));
    expect(messages.find(({ id }) => id === Number(row?.id))?.original).toBe(row?.original);
    expect(await all.app.query("select 1 from event where kind = 'file-viewed' and data ->> 'fileId' = $1", [row?.original])).toHaveLength(
      1,
    );
  });
});
