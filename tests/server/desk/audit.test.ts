import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AuditPage } from '../../../src/server/desk/audit-protocol.ts';
import type { Board } from '../../../src/server/desk/board-protocol.ts';
import type { Explained, Gaps, KnowledgeView } from '../../../src/server/desk/knowledge-protocol.ts';
import { startTestApp, type TestApp } from '../../setup/app.ts';
import { type DeskAgent, signIn } from '../../setup/desk.ts';
import { until } from '../../setup/until.ts';
import { visit } from '../../setup/visitor.ts';

let app: TestApp;
let supervisor: DeskAgent;
beforeAll(async () => {
  app = await startTestApp();
  supervisor = await signIn(app, { role: 'supervisor' });
});
afterAll(() => app.end());

const audit = async (query = '') => (await supervisor.call<AuditPage>('GET', `/api/desk/audit?${query}`)).body;
const file = async (query: string) =>
  (await fetch(`${app.url}/api/desk/audit/export?${query}`, { headers: { cookie: supervisor.cookie } })).text();

test('sign-ins, failed ones and exports are acts; the list is filtered by agent, kind, ticket and time', async () => {
  await fetch(`${app.url}/api/desk/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: supervisor.me.email, password: 'a wrong password' }),
  });
  const agent = await signIn(app);
  const visitor = await visit(app.url, { language: 'en' });
  await visitor.send('/human');
  const number = (await until(() => visitor.state()?.ticket?.number)) as string;
  await agent.call('POST', '/api/desk/presence', { presence: 'online' });
  await agent.call('POST', '/api/desk/tickets/next');
  const all = await audit();
  expect(all.acts.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['sign-in', 'sign-in-failed', 'agent', 'ticket']));
  // What the bot and the contact do by themselves is no act of people, but belongs to the ticket.
  expect(all.acts.some(({ kind }) => kind === 'message')).toBe(false);
  expect((await audit(`ticket=${number}`)).acts.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['message', 'ticket']));
  expect((await audit(`agent=${agent.me.id}`)).acts.every((act) => act.agent === agent.me.name)).toBe(true);
  expect(new Set((await audit('kind=sign-in')).acts.map(({ kind }) => kind))).toEqual(new Set(['sign-in']));
  expect((await audit(`to=${new Date(Date.now() - 60_000).toISOString()}`)).acts).toEqual([]);
  expect((await supervisor.call('GET', '/api/desk/audit?after=x')).status).toBe(400);
  expect((await agent.call('GET', '/api/desk/audit')).status).toBe(403);
  const csv = await file('format=csv&kind=sign-in-failed');
  expect(csv.split('\r\n')[0]).toBe('id,at,kind,agentId,agent,ticket,data');
  expect(csv).toContain(`""agentId"":${supervisor.me.id}`);
  expect((await audit('kind=export')).acts[0]?.data).toMatchObject({ what: 'audit', format: 'csv', kind: 'sign-in-failed' });
  visitor.close();
});

test('pages follow one another without a gap or a repeat, and the export has every line, however many events share a moment', async () => {
  await app.query(
    `insert into event (kind, data, agent_id, at) select 'test-act', jsonb_build_object('n', n), 1, '2026-01-01T00:00:00Z'::timestamptz + (n / 50) * interval '1 second' from generate_series(1, 1250) n`,
  );
  const seen: number[] = [];
  let after: string | undefined;
  do {
    const page = await audit(`kind=test-act${after ? `&after=${after}` : ''}`);
    seen.push(...page.acts.map(({ data }) => data['n'] as number));
    after = page.next;
  } while (after);
  expect(seen).toEqual(Array.from({ length: 1250 }, (_, n) => 1250 - n));
  const lines = (await file('format=jsonl&kind=test-act')).trim().split('\n');
  expect(lines).toHaveLength(1250);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ kind: 'test-act', data: { n: 1250 } });
});

test('the board counts what waits and who works, and shows the last check of the invariants', async () => {
  const board = async () =>
    (await supervisor.call<Board>('GET', `/api/desk/board?since=${new Date(Date.now() - 3_600_000).toISOString()}`)).body;
  const before = await board();
  const visitor = await visit(app.url, { language: 'en' });
  await visitor.send('/human');
  await until(() => visitor.state()?.ticket);
  const waiting = (of: Board) => of.departments.reduce((sum, each) => sum + each.waiting, 0);
  const after = await until(async () => {
    const now = await board();
    return waiting(now) > waiting(before) ? now : undefined;
  });
  expect(after.departments.find(({ id }) => id === 'support')?.longest?.number).toBeTruthy();
  expect(after.inbound).toHaveLength(24);
  expect(after.inbound.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(0);
  expect(after.agents.find(({ id }) => id === supervisor.me.id)).toMatchObject({ capacity: 10 });
  const checked = await until(async () => {
    const { health } = await board();
    return health.checkedAt ? health : undefined;
  });
  expect(checked.invariants.length).toBeGreaterThanOrEqual(6);
  expect(checked.invariants.filter(({ count }) => count > 0)).toEqual([]);
  visitor.close();
});

test('the knowledge: coverage, what the bot would answer, and what it did not', async () => {
  const { body: view } = await supervisor.call<KnowledgeView>('GET', '/api/desk/knowledge?language=en');
  expect(view.topics.find(({ id }) => id === 'money/payout-time')).toMatchObject({
    policy: 'answer',
    live: true,
    coverage: { en: { answer: true } },
  });
  const { body: found } = await supervisor.call<Explained>('POST', '/api/desk/knowledge/ask?language=en', {
    text: 'how long does a withdrawal take, my card is 4111 1111 1111 1111',
  });
  expect(found.read).not.toContain('4111 1111 1111 1111');
  expect(found.candidates[0]?.id).toBe('money/payout-time');
  const visitor = await visit(app.url, { language: 'en' });
  await visitor.send('zebra umbrella orchestra tangerine');
  const gaps = await until(async () => {
    const { body } = await supervisor.call<Gaps>('GET', '/api/desk/knowledge/gaps?days=7&language=en');
    return body.groups.length > 0 ? body : undefined;
  });
  expect(gaps.groups[0]?.messages[0]).toBe('zebra umbrella orchestra tangerine');
  visitor.close();
});
