import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../setup/app.ts';
import { type DeskAgent, signIn } from '../../setup/desk.ts';
import { type WithTicket, waitingTicket } from '../../setup/tickets.ts';

let app: TestApp;
let supervisor: DeskAgent;
let routes: { method: 'GET' | 'POST'; path: string; name: string }[];
beforeAll(async () => {
  app = await startTestApp();
  supervisor = await signIn(app, { role: 'supervisor' });
  const { paths } = (await (await fetch(`${app.url}/docs/json`)).json()) as { paths: Record<string, Record<string, object>> };
  routes = Object.entries(paths)
    .filter(([path]) => path.startsWith('/api/desk/'))
    .flatMap(([path, methods]) =>
      Object.keys(methods).map((each) => {
        const method = each.toUpperCase() as 'GET' | 'POST';
        return { method, path, name: `${method} ${path.replace('/api/desk/', '')}` };
      }),
    );
});
afterAll(() => app.end());

// Whoever is not signed in yet comes by these.
const open = ['POST sign-in', 'GET invitation', 'POST invitation'];

// Anything else that begins so is for whoever is signed in.
const supervisors = [
  ...['agents', 'announcements', 'audit', 'board', 'knowledge', 'notices', 'troubles', 'webhooks', 'tickets/{id}/listen'].flatMap(
    (path) => [`GET ${path}`, `POST ${path}`],
  ),
  'POST canned',
];
const isFor = (names: string[], name: string) => names.some((each) => name === each || name.startsWith(`${each}/`));

/** The path with something in its places. */
const filled = (path: string, id: number | string = 1) => path.replace(/\{\w+\}/g, String(id));

test('without a sign-in every route of the desk but signing in itself is closed, whatever is sent', async () => {
  const answered = await Promise.all(
    routes.map(async ({ method, path, name }) => [name, (await fetch(`${app.url}${filled(path)}`, { method })).status] as const),
  );
  expect(routes.length).toBeGreaterThan(60);
  expect(answered.filter(([, status]) => status !== 401).map(([name]) => name)).toEqual(
    routes.map(({ name }) => name).filter((name) => open.includes(name)),
  );
});

test('an agent is refused at every route that is for supervisors, and at no other, before what they send is looked at', async () => {
  const agent = await signIn(app);
  const closed: string[] = [];
  for (const { method, path, name } of routes.filter(({ name }) => !open.includes(name) && !/POST sign-out/.test(name))) {
    const { status, body } = await agent.call<{ message: string }>(method, filled(path, 987_654));
    if (status === 403 && /Only supervisors/.test(body.message)) closed.push(name);
  }
  const expected = routes.map(({ name }) => name).filter((name) => isFor(supervisors, name));
  expect(expected.length).toBeGreaterThan(25);
  expect(closed).toEqual(expected);
});

test('a change without the token of its sign-in is refused at every route', async () => {
  const agent = await signIn(app);
  for (const { method, path, name } of routes.filter((each) => each.method === 'POST' && !open.includes(each.name))) {
    const response = await fetch(`${app.url}${filled(path)}`, { method, headers: { cookie: agent.cookie } });
    expect([name, response.status, await response.text()]).toEqual([name, 403, expect.stringContaining('x-csrf')]);
  }
});

const note = () => ({ id: randomUUID(), text: 'a word' });
const soon = () => new Date(Date.now() + 3_600_000).toISOString();
/** A body that would do, for every change of a ticket. */
const bodies: Record<string, () => object> = {
  claim: () => ({}),
  reply: () => ({ id: randomUUID(), text: 'Hello', seenSeq: 1_000 }),
  resolve: () => ({ outcome: 'solved' }),
  return: () => ({}),
  note,
  transfer: () => ({ department: supervisor.me.allDepartments[0]?.id }),
  escalate: () => ({}),
  snooze: () => ({ until: soon() }),
  wake: () => ({}),
  reopen: () => ({}),
  'to-bot': () => ({}),
  urgency: () => ({ urgency: 'top' }),
  language: () => ({ language: 'az' }),
  tags: () => ({ tags: ['theirs'] }),
  link: () => ({ number: other.number }),
  unlink: () => ({ ticketId: other.id }),
  merge: () => ({ number: other.number }),
  block: () => ({}),
  unblock: () => ({}),
  lift: () => ({ note: note() }),
  'call-back': () => ({ number: '+90 212 000 00 00', wishedAt: soon() }),
  'call-back/done': () => ({}),
  start: () => ({ addressId: 1, department: supervisor.me.allDepartments[0]?.id, id: randomUUID(), text: 'Hello' }),
  'messages/{message}/retry': () => ({}),
  preview: () => ({ text: 'Hello' }),
  seen: () => ({ seq: 1 }),
};
let other: WithTicket;

test.each(['waiting', 'assigned', 'resolved'])('an agent of another department neither reads nor changes a %s ticket', async (state) => {
  const { visitor, id } = await waitingTicket(app, supervisor);
  other = await waitingTicket(app, supervisor);
  const { department } = (await supervisor.open(id)).ticket;
  const elsewhere = supervisor.me.allDepartments.find((each) => each.id !== department)?.id ?? '';
  const stranger = await signIn(app, { departments: [elsewhere] });
  const owner = await signIn(app);
  if (state !== 'waiting') expect((await owner.call('POST', `/api/desk/tickets/${id}/claim`)).status).toBe(200);
  if (state === 'resolved') await owner.call('POST', `/api/desk/tickets/${id}/resolve`, { outcome: 'solved' });
  const about = async () =>
    app.query(
      `select t.*, c.blocked_at, (select count(*) from event e where e.conversation_id = t.conversation_id and e.agent_id = $2) as events,
        (select count(*) from note n where n.ticket_id = t.id) as notes, (select count(*) from seen s where s.agent_id = $2) as seen
        from ticket t join contact c on c.id = t.contact_id where t.id = $1`,
      [id, stranger.me.id],
    );
  const before = await about();
  const asked = routes.filter(({ path }) => path.startsWith('/api/desk/tickets/{id}') && !path.endsWith('/listen'));
  const let_in: string[] = [];
  for (const { method, path, name } of asked) {
    const what = path.replace('/api/desk/tickets/{id}/', '');
    if (method === 'POST') expect(Object.keys(bodies)).toContain(what);
    const query = path.endsWith('/merge') && method === 'GET' ? `?number=${other.number}` : '';
    const at = path.replace('{id}', String(id)).replace('{message}', '1') + query;
    const { status } = await stranger.call(method, at, method === 'POST' ? bodies[what]?.() : undefined);
    if (![403, 404, 409].includes(status)) let_in.push(`${name}: ${status}`);
  }
  expect(asked.length).toBeGreaterThan(25);
  // Who does not have a ticket gives nothing back, and nothing is wrong with that: they may have done it a moment ago.
  expect(let_in).toEqual(['POST tickets/{id}/return: 200']);
  expect(await about()).toEqual(before);
  visitor.close();
  other.visitor.close();
});
