import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDesk } from '../../../src/handoff/acts/desk.ts';
import { sweepDeadlines } from '../../../src/handoff/deadlines/sweep-deadlines.ts';
import { takeNext } from '../../../src/handoff/line/claim.ts';
import { createLog } from '../../../src/log.ts';
import { until } from '../../setup/until.ts';
import { type House, openHouse } from '../house.ts';

const log = createLog('silent');
let house: House;
/** Where nobody works, for tests that look by themselves. */
let still: House;
beforeAll(async () => {
  house = await openHouse([{ id: 'finance', notify: [{ channel: 'somewhere', to: 'finance' }] }]);
  house.work();
  still = await openHouse();
});
afterAll(() => Promise.all([house.close(), still.close()]));

const breaches = (id: number) =>
  house.query<{ what: string; level: string }>(
    `select data ->> 'what' as what, data ->> 'level' as level from event where data ->> 'state' = 'breach' and data ->> 'ticketId' = '${id}' order by id`,
  );
const told = (id: number, at = house) =>
  at.query<{ text: string; fence: string; delivery: string }>(
    `select m.text, m.fence, m.delivery from message m join ticket t on t.conversation_id = m.conversation_id where t.id = ${id} and m.author = 'system' order by m.id`,
  );

test('a deadline that nobody meets climbs to a supervisor, is an event of the ticket, and the supervisor gets it as the next', async () => {
  const id = await house.handOver({ department: 'verification', minutesAgo: 2 });
  const climbed = await until(async () => {
    const row = await house.ticket(id);
    return row.level === 'supervisor' && row;
  });
  expect(climbed).toMatchObject({ level_by: 'clock', state: 'waiting' });
  expect(await breaches(id)).toEqual([{ what: 'first-answer', level: 'supervisor' }]);
  const supervisor = await house.agent({ role: 'supervisor', departments: ['verification'] });
  expect(await takeNext(house.db, supervisor)).toMatchObject({ id, state: 'assigned' });
});

test('many looks at once, and again, record a miss once', async () => {
  const id = await house.handOver({ minutesAgo: 2 });
  const { conversation_id: conversation } = await house.ticket(id);
  await Promise.all(Array.from({ length: 8 }, () => house.timely.looks.deadlines(conversation)));
  await Promise.all(Array.from({ length: 8 }, () => house.queues.nudge('deadlines', conversation)));
  await until(async () => (await house.ticket(id)).level === 'supervisor');
  expect(await breaches(id)).toHaveLength(1);
});

test('what is due moves though every wake-up is lost, by the clock of the database', async () => {
  const id = await house.handOver();
  await until(async () => (await house.ticket(id)).tell_due);
  for (const queue of ['deadlines', 'notices']) await house.queues.open(queue).obliterate({ force: true });
  await house.query(`update ticket set first_answer_due = now() - interval '3 seconds' where id = ${id}`);
  expect(await sweepDeadlines({ db: house.db, queues: house.queues, log })).toBeGreaterThanOrEqual(1);
  await until(async () => (await breaches(id)).length === 1);
});

test('who waits is told again where they are in line, once, and not before any claim is told wrong', async () => {
  await house.agent({ departments: ['safety'] });
  const first = await house.handOver({ department: 'safety', language: 'en' });
  const second = await house.handOver({ department: 'safety', language: 'az' });
  await house.query(
    `update ticket set tell_due = now() - interval '1 second', first_answer_due = now() + interval '1 hour' where id in (${first}, ${second})`,
  );
  for (const id of [first, second, first, second]) await house.timely.looks.deadlines((await house.ticket(id)).conversation_id);
  const [one, two] = [await told(first), await told(second)];
  expect(one).toEqual([{ text: expect.stringMatching(/number|next in line/), fence: 'none', delivery: 'pending' }]);
  expect(two).toEqual([{ text: expect.stringContaining('Növbədəki yeriniz: 2.'), fence: 'none', delivery: 'pending' }]);
});

test('who is told again without having written is not told word for word the same', async () => {
  const id = await still.handOver({ minutesAgo: 10, language: 'en' });
  const { conversation_id: conversation } = await still.ticket(id);
  for (const seq of [901, 902]) {
    // Between the two it has climbed: that is news.
    if (seq === 902) await still.query(`update ticket set level = 'supervisor', level_by = 'clock' where id = ${id}`);
    await still.query(
      `update ticket set tell_due = now() - interval '1 second', first_answer_due = now() + interval '1 hour' where id = ${id}`,
    );
    await still.timely.looks.deadlines(conversation);
    await still.query(
      `update message set delivery = 'sent', seq = ${seq} where conversation_id = ${conversation} and delivery = 'pending'`,
    );
  }
  const [first, second] = (await told(id, still)).map(({ text }) => text);
  expect(first).toMatch(/^Thank you for waiting\./);
  expect(first).not.toMatch(/supervisor/);
  expect(second).toMatch(/^Your ticket \S+ is still in line.*supervisor/);
});

test('while a word has not gone out, no second one is written: what comes late does not come twice at once', async () => {
  const id = await still.handOver({ minutesAgo: 10 });
  const { conversation_id: conversation } = await still.ticket(id);
  const look = async () => {
    await still.query(
      `update ticket set tell_due = now() - interval '1 second', first_answer_due = now() + interval '1 hour' where id = ${id}`,
    );
    await still.timely.looks.deadlines(conversation);
  };
  await look();
  await look();
  expect(await told(id, still)).toHaveLength(1);
  expect(new Date(String((await still.ticket(id)).tell_due)).getTime()).toBeGreaterThan(Date.now());
  await still.query(`update message set delivery = 'sent' where conversation_id = ${conversation}`);
  await look();
  expect(await told(id, still)).toHaveLength(2);
});

test.each([
  ['blocked', (id: number) => `update contact set blocked_at = now() where id = (select contact_id from ticket where id = ${id})`],
  [
    'out of reach',
    (id: number) =>
      `update address set unreachable = 'blocked' where id = (select address_id from conversation c join ticket t on t.conversation_id = c.id where t.id = ${id})`,
  ],
])('who is %s is told nothing', async (_, make) => {
  const id = await still.handOver();
  await still.query(make(id));
  await still.query(`update ticket set tell_due = now() - interval '1 second' where id = ${id}`);
  await still.timely.looks.deadlines((await still.ticket(id)).conversation_id);
  expect(await told(id, still)).toEqual([]);
  expect(new Date(String((await still.ticket(id)).tell_due)).getTime()).toBeGreaterThan(Date.now());
});

test('a letter is acknowledged once and then only told that a long case goes on', async () => {
  const id = await house.handOver({ channel: 'letters', minutesAgo: 30 });
  const { conversation_id: conversation } = await house.ticket(id);
  await house.timely.looks.deadlines(conversation);
  expect(await told(id)).toEqual([]);
  await house.query(`update ticket set tell_due = now() - interval '1 second' where id = ${id}`);
  await house.timely.looks.deadlines(conversation);
  expect(await told(id)).toEqual([expect.objectContaining({ text: expect.stringMatching(/still waiting for a colleague/) })]);
});

test('an agent’s contact who wrote again gets a deadline though the wake-up was lost', async () => {
  const agent = await house.agent();
  const id = await house.handOver({ department: 'support' });
  const { conversation_id: conversation } = await house.ticket(id);
  await house.query(`update ticket set state = 'assigned', assignee_id = ${agent.id}, first_answer_at = now() where id = ${id}`);
  await house.query(
    `update conversation set owner = 'agent', waiting_since = now() - interval '10 seconds', heard_seq = 1 where id = ${conversation}`,
  );
  await sweepDeadlines({ db: house.db, queues: house.queues, log });
  await until(async () => (await house.ticket(id)).next_answer_due);
});

test('who is away for less than the grace keeps what they have; longer, and it waits again where everybody who must know is told anew', async () => {
  const agent = await house.agent({ departments: ['finance'] });
  const id = await house.handOver({ department: 'finance' });
  const desk = createDesk({ ...house, refresh: async () => {}, farewell: () => ({ state: {} }) });
  await desk.claim(agent, id);
  await house.query(`update agent set seen_at = now() - interval '40 seconds' where id = ${agent.id}`);
  await desk.returnOfGone();
  expect(await house.ticket(id)).toMatchObject({ state: 'assigned' });
  await house.query(`update agent set seen_at = now() - interval '46 seconds' where id = ${agent.id}`);
  await desk.returnOfGone();
  expect(await house.ticket(id)).toMatchObject({ state: 'waiting', place: 2 });
  await until(async () => (await house.query(`select from staff_notice where ticket_id = ${id} and cause = 'waiting:2'`)).length === 1);
});
