import pg from 'pg';
import { expect, test } from 'vitest';
import { testEnv } from '../../setup/app.ts';
import { startProcess } from '../../setup/process.ts';
import { until } from '../../setup/until.ts';
import { hasDovecot, startDovecot } from './dovecot.ts';
import { support } from './mail-app.ts';
import { startPost } from './post.ts';

const mails = 1_000;
const killsAt = [50, 200, 350, 500, 650];

test.skipIf(!hasDovecot)('1,000 mails after an outage, two readers, both killed five times: none lost, none twice', async () => {
  const dovecot = await startDovecot();
  const post = await startPost(dovecot, [support]);
  const env = await testEnv({ IMAP_URL: dovecot.url(support), SMTP_URL: post.url, MAIL_FROM: `Demobet <${support}>`, LOG_LEVEL: 'warn' });
  const pool = new pg.Pool({ connectionString: env.DATABASE_URL, max: 2 });
  pool.on('error', () => undefined);
  const count = async (query: string) => Number((await pool.query(query)).rows[0].count);
  const stored = () => count(`select count(*) from message where author = 'contact'`);
  const started = Date.now();

  // It ran before the outage.
  const one = await startProcess(env);
  await until(async () => (await count('select count(*) from cursor')) > 0);
  await one.kill();
  for (let n = 0; n < mails; n++)
    await dovecot.deliver(
      support,
      `From: Person ${n} <person${n}@client.example>\r\nTo: ${support}\r\nSubject: \r\nMessage-ID: <mail${n}@client.example>\r\nDate: ${new Date().toUTCString()}\r\n\r\nhow long does a withdrawal take?\r\n`,
    );

  await one.start();
  const two = await startProcess(env);
  for (const at of killsAt) {
    await until(async () => (await stored()) >= at, 60_000);
    await Promise.all([one.kill(), two.kill()]);
    const left = await stored();
    expect(left).toBeLessThan(mails);
    console.log(`killed at ${left} after ${Math.round((Date.now() - started) / 1000)} s`);
    await Promise.all([one.start(), two.start()]);
  }
  await until(async () => (await stored()) === mails, 120_000);
  await until(async () => (await count(`select count(*) from message where author = 'bot' and delivery = 'sent'`)) === mails, 180_000);

  const senders = await pool.query(
    `select count(distinct a.value) as senders, count(*) as messages, count(distinct m.conversation_id) as conversations from message m join address a on a.id = m.address_id where m.author = 'contact'`,
  );
  expect(senders.rows[0]).toEqual({ senders: String(mails), messages: String(mails), conversations: String(mails) });
  // On the wire a kill between sending and noting it repeats a mail, under the same Message-ID.
  const answers = Map.groupBy(post.sent, ({ to }) => to);
  expect(answers.size).toBe(mails);
  for (const sent of answers.values()) expect(new Set(sent.map(({ mail }) => mail.messageId)).size).toBe(1);
  expect(post.sent.length).toBeLessThanOrEqual(mails + killsAt.length * 32);
  console.log(`${mails} mails, ${post.sent.length - mails} repeated on the wire, ${Math.round((Date.now() - started) / 1000)} s`);

  await Promise.all([one.end(), two.end()]);
  await pool.end();
  await post.stop();
  await dovecot.end();
});
