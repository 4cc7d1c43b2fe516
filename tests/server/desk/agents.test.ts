import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../setup/app.ts';
import { type DeskAgent, signIn, tokenIn } from '../../setup/desk.ts';
import { until } from '../../setup/until.ts';
import { visit } from '../../setup/visitor.ts';

let app: TestApp;
let supervisor: DeskAgent;
beforeAll(async () => {
  app = await startTestApp();
  supervisor = await signIn(app, { role: 'supervisor' });
});
afterAll(() => app.end());

const change = (who: DeskAgent, over: object) => ({
  name: who.me.name,
  role: who.me.role,
  departments: who.me.departments,
  languages: who.me.languages,
  capacity: 10,
  ...over,
});
const facts = async (kind: string) =>
  (
    await app.query<{ data: Record<string, unknown>; agent_id: string }>('select data, agent_id from event where kind = $1 order by id', [
      kind,
    ])
  ).map(({ data, agent_id }) => ({ ...data, by: Number(agent_id) }));

test('disabling signs out everywhere and returns the tickets to the line; enabling lets in again', async () => {
  const agent = await signIn(app);
  const visitor = await visit(app.url, { language: 'en' });
  await visitor.send('/human');
  await until(() => visitor.state()?.ticket);
  await agent.call('POST', '/api/desk/presence', { presence: 'online' });
  const taken = await agent.call<{ ticket: { id: number } }>('POST', '/api/desk/tickets/next');
  expect(taken.status).toBe(200);
  const { body } = await supervisor.call<{ returned: number }>('POST', `/api/desk/agents/${agent.me.id}/disable`);
  expect(body.returned).toBe(1);
  expect((await agent.call('GET', '/api/desk/me')).status).toBe(401);
  expect((await supervisor.list('waiting')).tickets.map(({ id }) => id)).toContain(taken.body.ticket.id);
  expect(await facts('agent')).toContainEqual(expect.objectContaining({ act: 'disabled', agentId: agent.me.id, by: supervisor.me.id }));
  await supervisor.call('POST', `/api/desk/agents/${agent.me.id}/enable`);
  const again = await fetch(`${app.url}/api/desk/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: agent.me.email, password: 'a long password' }),
  });
  expect(again.status).toBe(200);
  visitor.close();
});

test('the last supervisor can neither be disabled nor demoted', async () => {
  for (const [path, body] of [
    [`/api/desk/agents/${supervisor.me.id}/disable`, {}],
    [`/api/desk/agents/${supervisor.me.id}`, change(supervisor, { role: 'agent' })],
  ] as const)
    expect(await supervisor.call('POST', path, body)).toMatchObject({ status: 409, body: { code: 'agent.last-supervisor' } });
});

test('what an agent may do is changed, and only what changed is written down; a wrong department is refused', async () => {
  const agent = await signIn(app);
  const wish = change(agent, { departments: ['finance'], languages: ['en', 'ru'], capacity: 3 });
  const { body } = await supervisor.call<{ capacity: number; languages: string[] }>('POST', `/api/desk/agents/${agent.me.id}`, wish);
  expect(body).toMatchObject({ capacity: 3, languages: ['en', 'ru'], departments: ['finance'] });
  const before = (await facts('agent')).length;
  await supervisor.call('POST', `/api/desk/agents/${agent.me.id}`, wish);
  expect(await facts('agent')).toHaveLength(before);
  const wrong = await supervisor.call('POST', `/api/desk/agents/${agent.me.id}`, { ...wish, departments: ['nowhere'] });
  expect(wrong).toMatchObject({ status: 400, body: { message: expect.stringMatching(/nowhere.*departments.yaml/s) } });
  expect((await agent.call('POST', `/api/desk/agents/${agent.me.id}`, wish)).status).toBe(403);
});

test('a new link works once, the one before it no more, and whoever was signed in is out; signing out everywhere ends every browser', async () => {
  const agent = await signIn(app);
  const link = async () => (await supervisor.call<{ link: string }>('POST', `/api/desk/agents/${agent.me.id}/link`)).body.link;
  const [first, second] = [await link(), await link()];
  const use = async (given: string) =>
    (
      await fetch(`${app.url}/api/desk/invitation`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ token: tokenIn(given), password: 'another long password' }),
      })
    ).status;
  expect([await use(first), await use(second), await use(second)]).toEqual([410, 200, 410]);
  // Somebody else may have been signed in with the password that was lost.
  expect((await agent.call('GET', '/api/desk/me')).status).toBe(401);
  const back = await signIn(app);
  await supervisor.call('POST', `/api/desk/agents/${back.me.id}/sign-out`);
  expect((await back.call('GET', '/api/desk/me')).status).toBe(401);
  expect(await facts('sign-out')).toContainEqual({ everywhere: true, agentId: back.me.id, by: supervisor.me.id });
});

// The last: whoever loses is signed out for good.
test('of two supervisors who disable each other at once one stays', async () => {
  const other = await signIn(app, { role: 'supervisor', departments: ['support'] });
  const [one, two] = await Promise.all([
    supervisor.call('POST', `/api/desk/agents/${other.me.id}/disable`),
    other.call('POST', `/api/desk/agents/${supervisor.me.id}/disable`),
  ]);
  const left = await app.query(`select id from agent where role = 'supervisor' and disabled_at is null`);
  expect(left).toHaveLength(1);
  expect([one.status, two.status].sort()).not.toEqual([200, 200]);
});
