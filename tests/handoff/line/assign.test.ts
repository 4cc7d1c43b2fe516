import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAssignment } from '../../../src/handoff/line/assign.ts';
import { takeNext } from '../../../src/handoff/line/claim.ts';
import { until } from '../../setup/until.ts';
import { type House, openHouse } from '../house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse([
    { id: 'support', autoAssign: true },
    { id: 'finance', autoAssign: true },
    { id: 'verification', autoAssign: true },
  ]);
});
afterAll(() => house.close());

const assignees = (department: string) =>
  house.query<{ id: string; assignee: string | null }>(
    `select id, assignee_id as assignee from ticket where department = '${department}' order by line_at, line_number`,
  );
const process = () => createAssignment({ ...house, knowledge: () => house.knowledge });

test('several processes at once give each ticket to one agent, nobody more than they can hold, the earliest first', async () => {
  const agents = [
    await house.agent({ capacity: 3 }),
    await house.agent({ capacity: 2 }),
    await house.agent({ capacity: 9, presence: 'away' }),
  ];
  for (let n = 0; n < 8; n++) await house.handOver({ minutesAgo: 8 - n });
  const given = await Promise.all([
    process()(),
    process()(),
    process()(),
    takeNext(house.db, agents[0] as never).then(
      (taken) => (taken ? 1 : 0),
      () => 0,
    ),
  ]);
  expect(given.reduce((sum, each) => sum + each, 0)).toBe(5);
  const rows = await assignees('support');
  expect(rows.slice(0, 5).every(({ assignee }) => assignee !== null)).toBe(true);
  expect(rows.slice(5).every(({ assignee }) => assignee === null)).toBe(true);
  const held = (id = 0) => rows.filter(({ assignee }) => Number(assignee) === id).length;
  expect(agents.map(({ id }) => held(id))).toEqual([3, 2, 0]);
  const events = await house.query<{ reason: string }>(
    `select data ->> 'reason' as reason from event where data ->> 'state' = 'assigned' and agent_id is null`,
  );
  expect(events.every(({ reason }) => reason === 'automatic')).toBe(true);
});

test('the least loaded is chosen, and among those who has been given nothing for longest', async () => {
  const [one, two] = [await house.agent({ departments: ['finance'] }), await house.agent({ departments: ['finance'] })];
  for (let n = 0; n < 4; n++) {
    await house.handOver({ department: 'finance' });
    await process()();
  }
  const got = (await assignees('finance')).map(({ assignee }) => Number(assignee));
  expect(got).toEqual([one.id, two.id, one.id, two.id]);
});

test('a language goes to who speaks it; one that nobody speaks to anybody; and what the clock has raised too', async () => {
  const english = await house.agent({ departments: ['verification'], languages: ['en'] });
  const away = await house.agent({ departments: ['verification'], languages: ['az'], presence: 'offline' });
  const [az, de] = [
    await house.handOver({ department: 'verification', language: 'az' }),
    await house.handOver({ department: 'verification', language: 'de' }),
  ];
  await process()();
  expect(await assignees('verification')).toEqual([
    { id: String(az), assignee: null },
    { id: String(de), assignee: String(english.id) },
  ]);
  await house.query(`update ticket set level = 'supervisor', level_by = 'clock' where id = ${az}`);
  await process()();
  expect((await assignees('verification'))[0]).toEqual({ id: String(az), assignee: String(english.id) });
  expect(away.presence).toBe('offline');
});

test('where the setting is off nobody is given anything', async () => {
  await house.agent({ departments: ['safety'] });
  await house.handOver({ department: 'safety' });
  expect(await process()()).toBe(0);
});

test('a member goes before who came a little earlier, and nobody waits for ever: one who has waited longer than a target goes before all members', async () => {
  const agent = await house.agent({ departments: ['starving'], capacity: 100 });
  const normal = await house.handOver({ department: 'starving', channel: 'letters', minutesAgo: 40 });
  const early = await house.handOver({ department: 'starving', channel: 'letters', minutesAgo: 20, tier: 'gold' });
  const late = await house.handOver({ department: 'starving', channel: 'letters', minutesAgo: 0, tier: 'gold' });
  const order = [await takeNext(house.db, agent), await takeNext(house.db, agent), await takeNext(house.db, agent)].map(
    (taken) => taken?.id,
  );
  expect(order).toEqual([early, normal, late]);
});

test('who goes away at the very moment of giving is given nothing', async () => {
  await house.query("update agent set presence = 'offline'");
  const leaving = await house.agent({ departments: ['verification'] });
  const id = await house.handOver({ department: 'verification' });
  let giving: Promise<number> | undefined;
  await house.db.transaction(async (tx) => {
    await tx.execute(`update agent set presence = 'away' where id = ${leaving.id}`);
    giving = process()();
    // It has read that they are there, and waits for their row.
    await until(
      async () =>
        (await house.query("select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()")).length > 0,
    );
  });
  expect(await giving).toBe(0);
  expect((await house.ticket(id)).state).toBe('waiting');
});
