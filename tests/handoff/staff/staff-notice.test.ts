import { afterEach, beforeEach, expect, test } from 'vitest';
import { RetryLater, Undeliverable } from '../../../src/conversation/channel.ts';
import { claimTicket } from '../../../src/handoff/line/claim.ts';
import { until } from '../../setup/until.ts';
import { type House, openHouse } from '../house.ts';

const group = { channel: 'somewhere', to: '-1001' };
const onCall = { first: [{ channel: 'somewhere', to: 'first' }], second: [{ channel: 'somewhere', to: 'second' }], after: '5m' };
let house: House;
beforeEach(async () => {
  house = await openHouse([{ id: 'support', notify: [group] }], { onCall });
  house.work();
});
afterEach(() => house.close());

const states = () =>
  house.query<{ kind: string; recipient: string; state: string }>('select kind, recipient, state from staff_notice order by id');
const numberOf = async (id: number) => String((await house.ticket(id)).number);

test('a ticket that waits is told with its number and the way to it, and nothing of the contact', async () => {
  const id = await house.handOver();
  const [said] = await until(() => (house.told.length > 0 ? house.told : undefined));
  expect(said).toMatchObject({ channel: 'somewhere', recipient: '-1001' });
  expect(said?.text).toContain(`[${await numberOf(id)}](https://desk.demobet.example/desk#/all/${id})`);
  expect(JSON.stringify(house.told)).not.toMatch(/Aysel|somebody/);
});

test('within a minute the rest gathers and is one word; what was taken meanwhile is not told', async () => {
  await house.handOver();
  await until(async () => (await states())[0]?.state === 'sent');
  const more = [await house.handOver(), await house.handOver(), await house.handOver()];
  const agent = await house.agent();
  await claimTicket(house.db, agent, more[0] as number);
  await house.query("update staff_notice set sent_at = sent_at - interval '61 seconds' where sent_at is not null");
  const rows = await house.query<{ id: string }>("select id from staff_notice where state = 'pending' order by id");
  await Promise.all(rows.map(({ id }) => house.queues.nudge('notices', id)));
  await until(() => house.told.length === 2);
  expect(house.told[1]?.text).toContain(await numberOf(more[1] as number));
  expect(house.told[1]?.text).toContain(await numberOf(more[2] as number));
  // Told first, written down after.
  await expect.poll(async () => (await states()).map(({ state }) => state)).toEqual(['sent', 'dropped', 'sent', 'sent']);
});

test('where somebody is at the desk they have half a minute before others are told', async () => {
  await house.agent();
  await house.handOver();
  const [row] = await house.query<{ wait: string }>('select extract(epoch from due_at - created_at) as wait from staff_notice');
  expect(Math.round(Number(row?.wait))).toBe(30);
});

test('top urgency alerts who is on call at once, and the second rung when nobody has taken it after five minutes', async () => {
  const id = await house.handOver({ department: 'safety', urgency: 'top' });
  await until(() => house.told.some(({ recipient }) => recipient === 'first'));
  expect(house.told.some(({ recipient }) => recipient === 'second')).toBe(false);
  const wait = await house.query<{ s: string }>(`select extract(epoch from on_call_due - created_at) as s from ticket where id = ${id}`);
  expect(Math.round(Number(wait[0]?.s) / 60)).toBe(5);
  await house.query(`update ticket set on_call_due = now() where id = ${id}`);
  await house.queues.nudge('deadlines', (await house.ticket(id)).conversation_id);
  await until(() => house.told.some(({ recipient }) => recipient === 'second'));
});

test('who has taken it keeps the second rung asleep', async () => {
  const id = await house.handOver({ department: 'safety', urgency: 'top' });
  await until(() => house.told.length > 0);
  await claimTicket(house.db, await house.agent({ departments: ['safety'] }), id);
  await house.query(`update ticket set on_call_due = now() where id = ${id}`);
  await house.timely.looks.deadlines((await house.ticket(id)).conversation_id);
  expect((await house.ticket(id)).on_call_due).toBeNull();
  expect((await states()).filter(({ recipient }) => recipient === 'second')).toEqual([]);
});

test('who cannot be reached is written down, and the second rung is not kept waiting', async () => {
  house.onPost(async ({ recipient }) => {
    if (recipient === 'first') throw new Undeliverable('blocked');
  });
  await house.handOver({ department: 'safety', urgency: 'top' });
  await until(() => house.told.some(({ recipient }) => recipient === 'second'));
  expect(await states()).toContainEqual({ kind: 'on-call', recipient: 'first', state: 'failed' });
});

test('a place that has no time now is told later, under the same id; a sender that was killed is followed by another, and that is said', async () => {
  let tries = 0;
  house.onPost(async () => {
    if (++tries === 1) throw new RetryLater(50);
  });
  await house.handOver();
  // Not only told: what is written down of it would come over the next line.
  await until(async () => (await states())[0]?.state === 'sent');
  expect(house.told).toHaveLength(1);
  expect(house.told[0]).toMatchObject({ attempt: 2 });
  await house.query("update staff_notice set state = 'sending', lease_until = now() - interval '1 second'");
  const [row] = await house.query<{ id: string }>('select id from staff_notice');
  await house.queues.nudge('notices', row?.id ?? '');
  await until(() => house.told.length === 2);
  expect(house.told[1]?.id).toBe(house.told[0]?.id);
  await until(async () => (await states())[0]?.state === 'uncertain');
});
