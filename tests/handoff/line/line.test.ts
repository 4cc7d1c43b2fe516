import fc from 'fast-check';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { changeOwner } from '../../../src/conversation/owner.ts';
import { checkInvariants } from '../../../src/delivery/invariants.ts';
import { openQueues, type Queues } from '../../../src/delivery/queues.ts';
import { type Acts, createActs } from '../../../src/handoff/acts/acts.ts';
import { createDesk, type Desk } from '../../../src/handoff/acts/desk.ts';
import { type Agent, addAgent } from '../../../src/handoff/agents/agent.ts';
import { createDeadlineLook } from '../../../src/handoff/deadlines/deadline-look.ts';
import { createDeadlinesOf } from '../../../src/handoff/deadlines/deadlines-of.ts';
import { handoffInvariants } from '../../../src/handoff/invariants.ts';
import { eligible } from '../../../src/handoff/line/eligible.ts';
import { createLine, type Line } from '../../../src/handoff/line/line.ts';
import { repairLine } from '../../../src/handoff/line/repair-line.ts';
import { listTickets } from '../../../src/handoff/lists/lists.ts';
import { openTicket, planTicket } from '../../../src/handoff/ticket.ts';
import { loadKnowledge } from '../../../src/kb/load.ts';
import { createLog } from '../../../src/log.ts';
import { createVault } from '../../../src/privacy/vault.ts';
import { openStore, type Store } from '../../../src/store/connection.ts';
import { address, contact, conversation } from '../../../src/store/schema.ts';
import { newRecord } from '../../setup/app.ts';
import { newRedisDatabase } from '../../setup/redis.ts';
import { smallKnowledge } from '../../setup/small-knowledge.ts';
import { until } from '../../setup/until.ts';

const log = createLog('silent');
let store: Store;
let queues: Queues;
let line: Line;
let desk: Desk;
let acts: Acts;
let agents: Agent[];

beforeAll(async () => {
  store = openStore(await newRecord(), log, 6);
  const redis = inject('redisUrl') as string | undefined;
  queues = await openQueues({ databaseUrl: store.url, redisUrl: redis && (await newRedisDatabase(redis)), log });
  line = createLine(queues);
  const words = { line: () => ({ type: 'text' as const, text: '' }), progress: () => ({ type: 'text' as const, text: '' }) };
  const { knowledge } = await loadKnowledge(smallKnowledge);
  queues.work('deadlines', createDeadlineLook({ db: store.db, queues, knowledge: () => knowledge, live: () => true, words }));
  desk = createDesk({ db: store.db, queues, line, refresh: async () => {}, farewell: () => ({ state: {} }) });
  const deadlinesOf = createDeadlinesOf(
    () => knowledge,
    () => true,
  );
  acts = createActs({ db: store.db, queues, line, deadlinesOf, vault: createVault('a secret for tests only'), refresh: async () => {} });
  agents = await Promise.all(
    ['a', 'b', 'c'].map((name) =>
      addAgent(store.db, { email: `${name}@demobet.example`, name, role: 'agent', departments: ['one', 'two'], languages: [] }),
    ),
  );
});
afterAll(async () => {
  await queues.close();
  await store.close();
});

// Ten thousand in the long run.
const amount = Number(process.env.TEST_ACTS ?? 700);

let opened = 0;

async function handOver(department: string, urgency: 'normal' | 'high' | 'top', tier: string | null, agoMinutes: number): Promise<number> {
  const { db } = store;
  const [person] = await db
    .insert(contact)
    .values({ key: Buffer.alloc(1), tier })
    .returning();
  const [place] = await db
    .insert(address)
    .values({ contactId: person?.id ?? 0, channel: 'web', value: `visitor-${++opened}` })
    .returning();
  const [talk] = await db
    .insert(conversation)
    .values({ contactId: person?.id ?? 0, addressId: place?.id ?? 0 })
    .returning();
  const plan = await planTicket(
    db,
    { department, reason: 'asked', language: 'en', urgency, protects: false },
    { tier, live: true },
    new Date(Date.now() - agoMinutes * 60_000),
  );
  const id = await db.transaction(async (tx) => {
    await changeOwner(tx, talk?.id ?? 0, 'queue');
    return openTicket(tx, plan, talk?.id ?? 0, person?.id ?? 0);
  });
  await line.join({ id, place: 1, department, lineAt: plan.lineAt, conversationId: talk?.id ?? 0 });
  return id;
}

/** The list and the line of a department, as job ids. */
async function orders(department: string): Promise<{ list: string[]; line: string[] }> {
  const who = { ...(agents[0] as Agent), departments: [department] };
  return {
    list: (await listTickets(store.db, who, 'waiting', { limit: 5_000 })).map(({ ticket }) => line.jobId(ticket)),
    line: await line.jobs(department),
  };
}

const act = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      act: fc.constant('open' as const),
      department: fc.constantFrom('one', 'two'),
      urgency: fc.constantFrom('normal' as const, 'high' as const, 'top' as const),
      tier: fc.constantFrom(null, 'gold'),
      ago: fc.integer({ min: 0, max: 90 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('next' as const), agent: fc.nat(2) }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('claim' as const), agent: fc.nat(2), nth: fc.nat(1000) }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('return' as const), nth: fc.nat(1000) }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('resolve' as const), nth: fc.nat(1000) }) },
  {
    weight: 2,
    arbitrary: fc.record({ act: fc.constant('transfer' as const), nth: fc.nat(1000), to: fc.constantFrom('one', 'two', 0, 1, 2) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      act: fc.constantFrom('escalate' as const, 'snooze' as const, 'to-bot' as const, 'reopen' as const, 'urgency' as const),
      nth: fc.nat(1000),
      agent: fc.nat(2),
      urgency: fc.constantFrom('normal' as const, 'high' as const, 'top' as const),
    }),
  },
);

test('after thousands of random acts the list and the line have one order and the invariants hold', {
  timeout: 240_000 + amount * 60,
}, async () => {
  await store.db.execute("update agent set capacity = 100000, presence = 'online'");
  agents = agents.map((agent) => ({ ...agent, capacity: 100_000, presence: 'online' }));
  const held = new Map<number, Agent>();
  const waiting = new Set<number>();
  const ended = new Map<number, Agent>();
  const raised = new Set<number>();
  const random = fc.sample(act, { numRuns: amount, seed: 20260101 });
  for (const [n, each] of random.entries()) {
    if (each.act === 'open') waiting.add(await handOver(each.department, each.urgency, each.tier, each.ago));
    if (each.act === 'next') {
      const who = agents[each.agent] as Agent;
      // What a person has escalated waits for supervisors, unless the clock raises it in this very moment: then anybody may take it.
      const before = (await listTickets(store.db, who, 'waiting', { limit: 200 + raised.size })).filter(
        ({ ticket }) => !eligible({ ...who, open: 0 }, ticket),
      );
      const taken = await desk.next(who);
      if (!(taken && raised.has(taken.id) && taken.levelBy === 'clock')) expect(taken?.id).toBe(before[0]?.ticket.id);
      if (taken) {
        held.set(taken.id, who);
        waiting.delete(taken.id);
        raised.delete(taken.id);
      }
    }
    const pick = (from: Iterable<number>, nth: number) => [...from][nth % Math.max(1, [...from].length)];
    if (each.act === 'claim') {
      const id = pick(waiting, each.nth);
      if (id !== undefined) {
        await desk.claim(agents[each.agent] as Agent, id);
        waiting.delete(id);
        held.set(id, agents[each.agent] as Agent);
      }
    }
    if (each.act === 'return' || each.act === 'resolve') {
      const id = pick(held.keys(), each.nth);
      if (id !== undefined) {
        const who = held.get(id) as Agent;
        held.delete(id);
        if (each.act === 'return') await desk.giveBack(who, id).then(() => waiting.add(id));
        else await desk.resolve(who, id, 'solved').then(() => ended.set(id, who));
      }
    }
    if (each.act === 'transfer') {
      const id = pick(held.keys(), each.nth);
      const who = held.get(id ?? 0);
      const to = typeof each.to === 'number' ? (agents[each.to] as Agent) : undefined;
      if (id !== undefined && who && to !== who) {
        await acts.transfer(who, id, to ? { agentId: to.id } : { department: String(each.to) });
        if (to) held.set(id, to);
        else held.delete(id) && waiting.add(id);
      }
    }
    if (each.act === 'escalate' || each.act === 'snooze' || each.act === 'to-bot') {
      const id = pick(held.keys(), each.nth);
      const who = held.get(id ?? 0);
      if (id !== undefined && who && each.act === 'snooze') await acts.snooze(who, id, new Date(Date.now() + 3_600_000));
      if (id !== undefined && who && each.act === 'escalate') {
        const done = await acts.escalate(who, id).then(
          () => true,
          () => false,
        );
        if (done) held.delete(id) && raised.add(id);
      }
      if (id !== undefined && who && each.act === 'to-bot') await acts.toBot(who, id).then(() => held.delete(id) && ended.set(id, who));
    }
    if (each.act === 'reopen') {
      const id = pick(ended.keys(), each.nth);
      const who = ended.get(id ?? 0);
      if (id !== undefined && who) await acts.reopen(who, id).then(() => ended.delete(id) && held.set(id, who));
    }
    if (each.act === 'urgency') {
      const id = pick(waiting, each.nth);
      if (id !== undefined) await acts.urgency(agents[each.agent] as Agent, id, each.urgency);
    }
    if (n % 250 === 0) for (const department of ['one', 'two']) await agree(department);
  }
  for (const department of ['one', 'two']) await agree(department);
  await until(async () => Object.values(await checkInvariants(store.db, log, handoffInvariants)).every((broken) => broken === 0));
  expect(await repairLine(store.db, line, ['one', 'two'], log)).toBe(0);
});

async function agree(department: string): Promise<void> {
  const { list, line: inLine } = await orders(department);
  expect(inLine).toEqual(list);
}

test('a line that lost a job or kept one too many is mended', async () => {
  const id = await handOver('three', 'normal', null, 0);
  await line.drop('three', line.jobId({ id, place: 1 }));
  await line.join({ id: 999_999, place: 1, department: 'three', lineAt: new Date(), conversationId: 0 });
  expect(await repairLine(store.db, line, ['three'], log)).toBe(2);
  expect(await line.jobs('three')).toEqual([line.jobId({ id, place: 1 })]);
});
