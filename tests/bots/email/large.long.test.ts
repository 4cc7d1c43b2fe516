import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makePdf } from '../../files/pdf.ts';
import { signIn } from '../../setup/desk.ts';
import { until } from '../../setup/until.ts';
import { hasDovecot } from './dovecot.ts';
import { type MailApp, startMailApp, support } from './mail-app.ts';
import { compose } from './person.ts';

describe.skipIf(!hasDovecot)('a mail of more than 40 MB', () => {
  let all: MailApp;
  beforeAll(async () => {
    all = await startMailApp();
  });
  afterAll(() => all?.end());

  test('what fits is in the case; the person is told what is missing and gets a link, the agent sees it', async () => {
    const page = (pages: number) =>
      makePdf({ objects: [`<< /Length ${pages * 13} >>\nstream\n${'scanned page '.repeat(pages)}\nendstream`] });
    const [large, second, small] = [page(1_380_000), page(1_390_000), page(10)];
    const person = all.person();
    const raw = await compose({
      from: person.address,
      to: support,
      subject: 'Documents',
      text: 'please connect me to a human agent, here are my documents',
      attachments: [
        { filename: 'one.pdf', content: large },
        { filename: 'two.pdf', content: second },
        { filename: 'three.pdf', content: small },
      ],
    });
    expect(raw.length).toBeGreaterThan(45 * 1024 * 1024);
    await all.dovecot.deliver(support, raw);
    const { mail } = await until(() => person.mails()[0], 60_000);
    expect(mail.text).toContain('We have received your 2 files: one.pdf, three.pdf.');
    expect(mail.text).toContain('We could not take two.pdf: it is larger than we can receive over this channel.');
    expect(mail.text).toMatch(/\/upload\/[\w.-]+/);

    const agent = await signIn(all.app, { role: 'supervisor' });
    const ticket = await until(async () => (await agent.list()).tickets[0]);
    const { messages } = await agent.open(ticket.id);
    const [asked] = messages;
    expect(asked?.text).toContain('here are my documents');
    expect(asked?.attachments).toMatchObject([
      { name: 'one.pdf', size: large.length },
      { name: 'two.pdf', refused: 'too-large-here' },
      { name: 'three.pdf', size: small.length },
    ]);
    const got = await fetch(`${all.app.url}/api/desk/files/${asked?.attachments?.[0]?.id}`, { headers: { cookie: agent.cookie } });
    expect(Buffer.from(await got.arrayBuffer()).equals(large)).toBe(true);
    expect(asked?.original).toBeDefined();
  }, 120_000);
});
