import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../../setup/until.ts';
import { hasDovecot } from './dovecot.ts';
import { finance, type MailApp, startMailApp, support } from './mail-app.ts';
import { answer, compose } from './person.ts';

const question = 'how long does a withdrawal take?';
const mark = () => randomUUID().slice(0, 8);
const aWhile = () => new Promise((resolve) => setTimeout(resolve, 1_500));

describe.skipIf(!hasDovecot)('e-mail', () => {
  let all: MailApp;
  beforeAll(async () => {
    all = await startMailApp();
  });
  afterAll(() => all.end());

  interface Kept {
    id: number;
    conversation_id: number;
    text: string;
    body: { silent?: string; marks?: string[]; full?: string; attachments?: { name: string; refused: string }[] };
  }
  const kept = (sender: string) =>
    all.app.query<Kept>(
      `select m.id, m.conversation_id, m.text, m.body from message m join address a on a.id = m.address_id where m.author = 'contact' and a.value like $1 order by m.id`,
      [`% ${sender} %`],
    );

  test('one mail is answered by one mail, in its thread, in text and HTML', async () => {
    const person = all.person();
    await person.mail({ subject: 'Çekim', text: question, messageId: '<first@client.example>' });
    const sent = await until(() => person.mails()[0]);
    await aWhile();
    expect(person.mails()).toHaveLength(1);
    expect(sent.mail.subject).toBe('Re: Çekim');
    expect(sent.mail.inReplyTo).toBe('<first@client.example>');
    expect(sent.mail.references).toMatch(/<first@client\.example>$/);
    expect(sent.mail.text).toMatch(/automatic assistant[\s\S]*24 hours[\s\S]*1\. Yes/);
    expect(sent.mail.html).toMatch(/<p>[\s\S]*<ol>/);
    expect(sent.header('auto-submitted')).toBe('auto-replied');
    expect(sent.mail.from?.address).toBe(support);
    expect(sent.from).toBe(support);
  });

  test('an answer of the same sender joins; one of somebody else, or a number in a subject, does not', async () => {
    const person = all.person();
    await person.mail({ subject: 'Help', text: question });
    const sent = await until(() => person.mails()[0]);
    await person.mail(answer('yes, that helped', sent));
    await until(() => person.arrived().find((text) => /Glad to hear/.test(text)));
    expect(new Set((await kept(person.address)).map((row) => row.conversation_id)).size).toBe(1);

    const stranger = all.person();
    await stranger.mail({ ...answer('what did they write?', sent), subject: 'Re: 1042-K' });
    const [theirs] = await until(async () => ((await kept(stranger.address)).length > 0 ? kept(stranger.address) : undefined));
    expect(theirs?.conversation_id).not.toBe((await kept(person.address))[0]?.conversation_id);
    expect(theirs?.body.marks).toEqual(['related:1042-K']);
    const reply = await until(() => stranger.mails()[0]);
    expect(reply.raw).not.toContain(person.address);
  });

  test('a Message-ID that is used twice, or missing, loses nothing; the same mail again does nothing', async () => {
    const person = all.person();
    const [one, two] = [`${mark()} one`, `${mark()} two`];
    const raw = await compose({
      from: person.address,
      to: support,
      subject: '',
      text: one,
      messageId: '<same@client.example>',
      date: new Date(),
    });
    for (const _ of [1, 2]) await all.dovecot.deliver(support, raw);
    await person.mail({ subject: '', text: two, messageId: '<same@client.example>' });
    await all.dovecot.deliver(support, `From: ${person.address}\r\nTo: ${support}\r\nMessage-ID: \r\n\r\nthree without\r\n`);
    await until(async () => (await kept(person.address)).length === 3);
    await aWhile();
    expect((await kept(person.address)).map((row) => row.text).sort()).toEqual([one, two, 'three without'].sort());
  });

  test('notices of absence are kept and never answered', async () => {
    const person = all.person();
    await person.mail({ subject: 'Help', text: question });
    const sent = await until(() => person.mails()[0]);
    await person.mail({ ...answer('I am away until Monday.', sent), headers: { 'Auto-Submitted': 'auto-replied' } });
    await until(async () => (await kept(person.address)).length === 2);
    await aWhile();
    expect(person.mails()).toHaveLength(1);
    const [first, notice] = await kept(person.address);
    expect(notice?.conversation_id).toBe(first?.conversation_id);
    expect(notice?.body.silent).toBe('auto-reply');
    await until(
      async () =>
        (
          await all.app.query('select 1 from conversation where id = $1 and waiting_since is null and heard_seq = handled_seq', [
            first?.conversation_id,
          ])
        ).length === 1,
    );
    // And what they write afterwards is answered as ever, without the notice in it.
    await person.mail(answer('I forgot my password', sent));
    await until(() => person.arrived().find((text) => /Forgot password/.test(text)));
  });

  test('our own mails and addresses are nobody who writes', async () => {
    const person = all.person();
    await person.mail({ subject: 'Help', text: question });
    const sent = await until(() => person.mails()[0]);
    await all.dovecot.deliver(support, sent.raw);
    await all.dovecot.deliver(support, await compose({ from: finance, to: support, subject: 'x', text: question }));
    await person.mail({ subject: 'after', text: `${mark()} after` });
    await until(async () => (await kept(person.address)).length === 2);
    expect(await kept(support)).toEqual([]);
    expect(await kept(finance)).toEqual([]);
  });

  test('a report that our mail never arrived suspends the address until they write again, and is not answered', async () => {
    const person = all.person();
    await person.mail({ subject: 'Help', text: question });
    const sent = await until(() => person.mails()[0]);
    const state = async () =>
      (
        await all.app.query<{ unreachable: string | null }>('select unreachable from address where value like $1', [
          `% ${person.address} %`,
        ])
      )[0]?.unreachable;
    await all.dovecot.deliver(support, bounce(person.address, sent.mail.messageId ?? '', '4.4.7', 'delayed'));
    // Whoever does not have the mail cannot have its receiver suspended.
    await all.dovecot.deliver(
      support,
      bounce(person.address, '<abcdefghijklmnop.abcdefghijklmnopqrstuvwxyz.9.0@demobet.example>', '5.1.1', 'failed'),
    );
    await aWhile();
    expect(await state()).toBeNull();
    await all.dovecot.deliver(support, bounce(person.address, sent.mail.messageId ?? '', '5.1.1', 'failed'));
    expect(await until(state)).toBe('bounced-5.1.1');
    expect(await kept('mailer-daemon@client.example')).toEqual([]);
    expect(all.post.to('mailer-daemon@client.example')).toEqual([]);
    await person.mail(answer('I forgot my password', sent));
    await until(() => person.arrived().find((text) => /Forgot password/.test(text)));
    expect(await state()).toBeNull();
  });

  test('an address that the server does not know fails with the reason, once', async () => {
    const person = all.person();
    all.post.refuse((to) => (to === person.address ? { code: 550, text: '5.1.1 no such user' } : undefined));
    await person.mail({ subject: 'Help', text: question });
    const failed = await until(
      async () =>
        (
          await all.app.query<{ failure: string }>(
            `select m.failure from message m join address a on a.id = m.address_id where a.value like $1 and m.delivery = 'failed'`,
            [`% ${person.address} %`],
          )
        )[0],
    );
    all.post.refuse(undefined);
    expect(failed.failure).toBe('address-unknown');
  });

  test('while the server that sends is away replies wait, and go out once', async () => {
    const person = all.person();
    await person.mail({ subject: 'Help', text: question });
    const sent = await until(() => person.mails()[0]);
    await all.post.stop();
    // As a friend's mail server would: into the mailbox directly.
    await all.dovecot.deliver(support, await compose({ from: person.address, to: support, ...answer('I forgot my password', sent) }));
    await until(async () => (await kept(person.address)).length === 2);
    await aWhile();
    await all.post.start();
    await until(() => person.arrived().find((text) => /Forgot password/.test(text)), 18_000);
    await aWhile();
    expect(person.mails()).toHaveLength(2);
  });

  test('a mail to two of our mailboxes is one', async () => {
    const person = all.person();
    const raw = await compose({ from: person.address, to: [finance, support], subject: 'Two', text: question });
    for (const box of [support, finance]) await all.dovecot.deliver(box, raw);
    await until(() => person.mails()[0]);
    await aWhile();
    expect(await kept(person.address)).toHaveLength(1);
    expect(person.mails()).toHaveLength(1);
    expect(person.mails()[0]?.from).toBe(finance);
  });

  test("what goes to a mailbox with a department goes to that department's people", async () => {
    const person = all.person(finance);
    await person.mail({ subject: '', text: '/human' });
    await until(() => person.arrived().find((text) => /\d{4,}-[A-Z]/.test(text)));
    const [ticket] = await all.app.query<{ department: string }>(
      'select t.department from ticket t join message m on m.conversation_id = t.conversation_id where m.id = $1',
      [(await kept(person.address))[0]?.id],
    );
    expect(ticket?.department).toBe('finance');
    // Later mails name the ticket.
    expect(person.mails()[0]?.mail.subject).toMatch(/\[\d{4,}-[A-Z]\]$/);
  });

  test('choices are taken in words of the language', async () => {
    const person = all.person();
    await person.mail({ subject: 'Para', text: 'para çekme ne kadar sürer?' });
    const sent = await until(() => person.mails()[0]);
    await person.mail(answer('Evet', sent));
    await until(() => person.mails()[1]);
    expect((await kept(person.address)).map((row) => row.text)).toEqual(['para çekme ne kadar sürer?', 'Evet']);
  });

  test('nobody is answered more often than people write', async () => {
    const person = all.person();
    for (let n = 0; n < 15; n++) await person.mail({ subject: '', text: `${mark()} ${question}` });
    await until(async () => (await kept(person.address)).length === 15);
    expect((await kept(person.address)).filter((row) => row.body.silent === 'rate-cap')).toHaveLength(3);
  });

  test('reading changes no flag', async () => {
    const files = await all.dovecot.files(support);
    expect(files.length).toBeGreaterThan(20);
    for (const file of files) expect(file.split(':2,')[1] ?? '').not.toMatch(/S/);
  });
});

function bounce(to: string, messageId: string, status: string, action: string): string {
  return [
    'Return-Path: <>',
    'From: Mail Delivery System <mailer-daemon@client.example>',
    `To: ${support}`,
    'Subject: Undelivered Mail Returned to Sender',
    'Auto-Submitted: auto-replied',
    `Message-ID: <${randomUUID()}@client.example>`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'I am sorry to have to inform you that your message could not be delivered.',
    '',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; client.example',
    '',
    `Final-Recipient: rfc822; ${to}`,
    `Action: ${action}`,
    `Status: ${status}`,
    '',
    '--b',
    'Content-Type: text/rfc822-headers',
    '',
    `From: ${support}`,
    `To: ${to}`,
    `Message-ID: ${messageId}`,
    '',
    '--b--',
    '',
  ].join('\r\n');
}
