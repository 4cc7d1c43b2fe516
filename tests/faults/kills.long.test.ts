import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { crowd, openStage, type Stage } from './stage.ts';
import { points } from './wire.ts';

const secret = 'a secret key for tests, nothing else at all';
// Everything owed moves again within this, whatever happened.
const promise = 15_000;

let stage: Stage;
let people: ReturnType<typeof crowd>;
beforeAll(async () => {
  stage = await openStage({ SECRET_KEY: secret });
  people = crowd(stage, secret, 200, 15_000);
  await stage.query('select 1');
});
afterEach(({ task }) => {
  if (task.result?.state === 'fail') console.log(`first process:\n${stage.one.log()}\nsecond process:\n${stage.two.log()}`);
});
afterAll(async () => {
  for (const visitor of people.visitors) visitor.leave();
  await stage.end();
});

const report = (what: string, ms: number) => console.log(`${what}: all that was owed moved within ${(ms / 1000).toFixed(1)} s`);

test.each(Object.entries(points))('killed %s, the other process does what is owed', async (name, point) => {
  await stage.wire.hold(point);
  await stage.one.kill();
  try {
    report(`killed ${name}`, await stage.moved(promise));
  } finally {
    await stage.one.start();
  }
});

test.each([1, 2, 3, 4, 5])('killed at random, time %i', async (time) => {
  await new Promise((resolve) => setTimeout(resolve, Math.random() * 2_000));
  const victim = time % 2 ? stage.two : stage.one;
  await victim.kill();
  try {
    report(`killed at random ${time}`, await stage.moved(promise));
  } finally {
    await victim.start();
  }
});

test('Redis is wiped', async () => {
  if (!stage.redis) return;
  await stage.redis.flushall();
  report('Redis wiped', await stage.moved(promise));
});

test('PostgreSQL is restarted', async () => {
  await stage.restartPostgres();
  report('PostgreSQL restarted', await stage.moved(promise));
});

test('PostgreSQL is restarted while a process takes up its work', async () => {
  await stage.two.kill();
  await stage.two.start();
  await stage.restartPostgres();
  report('PostgreSQL restarted after a start', await stage.moved(promise));
});

test('a process is frozen longer than a lock and a lease last, and goes on', async () => {
  stage.one.freeze();
  try {
    report('frozen', await stage.moved(promise));
    await new Promise((resolve) => setTimeout(resolve, 12_000));
  } finally {
    stage.one.resume();
  }
  report('resumed', await stage.moved(promise));
});

test.each([
  ['an hour ahead', 3_600_000],
  ['an hour behind', -3_600_000],
  ['right again', 0],
])('the clock of one process is %s', async (name, ms) => {
  await stage.moveClock(ms);
  await new Promise((resolve) => setTimeout(resolve, 6_000));
  report(`clock ${name}`, await stage.moved(promise));
});

test('both are killed at once, and started again', async () => {
  await Promise.all([stage.one.kill(), stage.two.kill()]);
  await Promise.all([stage.one.start(), stage.two.start()]);
  report('both killed', await stage.moved(promise));
});

test('in the end every message was answered exactly once, in order, on the screen and in the record', async () => {
  await people.finish();
  expect(people.visitors.flatMap((visitor) => visitor.faults())).toEqual([]);
  expect(people.answered()).toBeGreaterThan(people.visitors.length);
  console.log(`${people.answered()} questions of ${people.visitors.length} visitors`);
  await stage.moved(promise);
  expect(await stage.broken()).toEqual([]);
  expect(
    await stage.query(
      'select conversation_id, turn_seq, part from message where turn_seq is not null group by 1, 2, 3 having count(*) > 1',
    ),
  ).toEqual([]);
  expect(await stage.query("select id from message where delivery not in ('sent') ")).toEqual([]);
});
