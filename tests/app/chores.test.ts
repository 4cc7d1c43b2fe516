import { afterAll, beforeAll, expect, test } from 'vitest';
import { openQueues } from '../../src/delivery/queues.ts';
import { createLine } from '../../src/handoff/line/line.ts';
import { createLog } from '../../src/log.ts';
import { startTestApp, type TestApp } from '../setup/app.ts';
import { type DeskAgent, signIn } from '../setup/desk.ts';
import { waitingTicket } from '../setup/tickets.ts';
import { until } from '../setup/until.ts';
import { visit } from '../setup/visitor.ts';

let app: TestApp;
let suna: DeskAgent;
beforeAll(async () => {
  app = await startTestApp();
  suna = await signIn(app, { role: 'supervisor' });
});
afterAll(() => app.end());

/** The line of one department, as another process sees it. */
async function lineOf(department: string) {
  const [row] = await app.query<{ name: string }>("select value ->> 'name' as name from cursor where name = 'installation'");
  const queues = await openQueues({
    databaseUrl: app.databaseUrl,
    redisUrl: app.redisUrl,
    log: createLog('silent'),
    installation: row?.name,
  });
  const line = createLine(queues);
  return { jobs: () => line.jobs(department), drop: (job: string) => line.drop(department, job), close: () => queues.close() };
}

test('what was lost or has become due while nobody ran is put right after the start, with no wake-up for it', async () => {
  const [lost, late, asking] = [await waitingTicket(app, suna), await waitingTicket(app, suna), await visit(app.url, { language: 'en' })];
  await asking.send('how long does a withdrawal take?');
  await asking.said(0);
  for (const each of [lost.visitor, late.visitor, asking]) each.close();
  await app.stop();
  const line = await lineOf('support');
  const jobs = await line.jobs();
  expect(jobs).toHaveLength(2);
  await line.drop(`ticket-${lost.id}-1`);
  expect(await line.jobs()).toHaveLength(1);
  await app.query("update ticket set first_answer_due = now() - interval '1 minute' where id = $1", [late.id]);
  await app.query(`insert into attachment (id, channel, address, name, type, size, sha256, key, state, created_at)
    values ('nobody-names-it', 'web', 'v', 'x.txt', 'text/plain', 1, '', '', 'kept', now() - interval '25 hours')`);
  await app.query(`with talk as (
      update conversation set last_seq = last_seq + 1, heard_seq = last_seq + 1, heard_at = now() - interval '1 minute', waiting_since = now() - interval '1 minute'
      where owner = 'bot' returning id, address_id, last_seq)
    insert into message (conversation_id, address_id, seq, author, external_id, text, body, findings)
      select id, address_id, last_seq, 'contact', 'never-woken', 'I forgot my password', '{"type":"message"}', '[]' from talk`);

  await app.restart();
  await until(async () => (await app.query("select 1 from message where author = 'bot' and text like '%Forgot password%'")).length === 1);
  await until(async () => (await line.jobs()).length === 2);
  expect((await line.jobs()).toSorted()).toEqual(jobs.toSorted());
  const breaches = () => app.query("select 1 from event where data ->> 'state' = 'breach' and data ->> 'ticketId' = $1", [String(late.id)]);
  await until(async () => (await breaches()).length === 1);
  await until(async () => (await app.query("select 1 from attachment where id = 'nobody-names-it'")).length === 0);
  await line.close();
});
