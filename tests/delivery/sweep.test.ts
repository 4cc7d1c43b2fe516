import { sql } from 'drizzle-orm';
import { afterEach, expect, test } from 'vitest';
import { sweep } from '../../src/delivery/sweep.ts';
import { createLog } from '../../src/log.ts';
import { until } from '../setup/until.ts';
import { openPipes } from './pipes.ts';

let pipes: Awaited<ReturnType<typeof openPipes>>;
afterEach(() => pipes.close());
const log = createLog('silent');

/** The pipes with wake-ups that get lost, as when Redis is wiped after the commit. */
async function deaf(): Promise<Awaited<ReturnType<typeof openPipes>>> {
  const open = await openPipes({ apart: true });
  const { wake } = open.queues;
  open.queues.wake = async (queue, key, delay) => (queue === 'lost' ? wake(queue, key, delay) : undefined);
  return open;
}
// All conversations first, as everybody at work takes them: who changed messages without could end in a deadlock with those.
const older = (seconds: number) =>
  pipes.db.transaction(async (tx) => {
    const ago = sql`${seconds} * interval '1 second'`;
    await tx.execute(sql`select from conversation order by id for no key update`);
    await tx.execute(sql`update conversation set heard_at = heard_at - ${ago}, waiting_since = waiting_since - ${ago}`);
    await tx.execute(sql`update message set created_at = created_at - ${ago}`);
  });
const swept = () => sweep({ db: pipes.db, queues: pipes.queues, log });

test('a turn and a reply whose wake-ups were lost are woken again', async () => {
  pipes = await deaf();
  await pipes.hear('visitor', 'hello');
  await older(6);
  expect(await swept()).toBe(1);
  await until(async () => (await pipes.query("select 1 from message where author = 'bot'")).length === 1);
  await older(6);
  expect(await swept()).toBe(1);
  await until(() => pipes.sent[0]);
  expect(await swept()).toBe(0);
});

test('what is younger than five seconds has its wake-up on the way and is left alone', async () => {
  pipes = await deaf();
  await pipes.hear('visitor', 'hello');
  expect(await swept()).toBe(0);
});

test('what belongs to a person, is closed, or was told to wait is left alone', async () => {
  pipes = await deaf();
  for (const address of ['agent', 'closed', 'later']) await pipes.hear(address, 'hello');
  await older(6);
  await pipes.query("update conversation set owner = 'agent' where id = $1", [(await pipes.conversation('agent')).id]);
  await pipes.query('update conversation set closed_at = now() where id = $1', [(await pipes.conversation('closed')).id]);
  const later = await pipes.conversation('later');
  await pipes.look.turn(later.id);
  await pipes.query(
    "update message set due_at = now() + interval '1 minute', created_at = now() - interval '1 minute' where author = 'bot'",
  );
  expect(await swept()).toBe(0);
});

test('what waits behind a reply that waits for its time is left alone: no jobs pile up', async () => {
  pipes = await deaf();
  await pipes.hear('visitor', 'hello');
  const { id } = await pipes.conversation('visitor');
  await pipes.look.turn(id);
  await pipes.query("update message set due_at = now() + interval '1 hour' where author = 'bot'");
  await pipes.query(
    "insert into message (conversation_id, address_id, author, text, body, fence, delivery) select id, address_id, 'agent', 'x', '{}', 'none', 'pending' from conversation",
  );
  await older(6);
  expect(await swept()).toBe(0);
});

test('a send whose sender died is woken when its lease has run out, not before', async () => {
  pipes = await deaf();
  await pipes.hear('visitor', 'hello');
  const { id } = await pipes.conversation('visitor');
  await pipes.look.turn(id);
  await older(6);
  await pipes.query("update message set delivery = 'sending', lease_until = now() + interval '1 minute' where author = 'bot'");
  expect(await swept()).toBe(0);
  await pipes.query("update message set lease_until = now() where author = 'bot'");
  expect(await swept()).toBe(1);
  await until(() => pipes.sent[0]);
});

test('a sweep while wake-ups work doubles nothing', async () => {
  pipes = await openPipes();
  for (let n = 0; n < 20; n++) await pipes.hear(`visitor-${n}`, 'hello');
  await older(6);
  await Promise.all([swept(), swept(), swept()]);
  await until(() => pipes.sent.length >= 20);
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(pipes.sent).toHaveLength(20);
});
