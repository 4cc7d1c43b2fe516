import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TicketList } from '../../../src/server/desk/list-protocol.ts';
import { startTestApp, type TestApp } from '../../setup/app.ts';
import { type DeskAgent, signIn } from '../../setup/desk.ts';
import { until } from '../../setup/until.ts';
import { type Visitor, visit } from '../../setup/visitor.ts';

let app: TestApp;
let supervisor: DeskAgent;
const visitors: Visitor[] = [];
beforeAll(async () => {
  app = await startTestApp();
  supervisor = await signIn(app, { role: 'supervisor' });
});
afterAll(async () => {
  for (const visitor of visitors) visitor.close();
  await app.end();
});

async function waiting(...texts: string[]): Promise<{ visitor: Visitor; number: string; id: number; contact: number }> {
  const visitor = await visit(app.url, { language: 'en' });
  visitors.push(visitor);
  for (const text of texts) await visitor.send(text);
  await visitor.send('/human');
  const number = await until(() => visitor.state()?.ticket?.number);
  const [row] = await app.query<{ id: string; contact_id: string }>('select id, contact_id from ticket where number = $1', [number]);
  return { visitor, number, id: Number(row?.id), contact: Number(row?.contact_id) };
}

const ask = async (agent: DeskAgent, values: Record<string, string>): Promise<TicketList> =>
  (await agent.call<TicketList>('GET', `/api/desk/tickets?${new URLSearchParams(values)}`)).body;
const found = async (search: string, agent = supervisor) => (await ask(agent, { list: 'all', search })).tickets.map(({ number }) => number);

test('search finds words however their letters are written, beginnings, numbers, names and addresses; never what was masked', async () => {
  const one = await waiting('İADE ŞARTLARI nədir, kartım 4111 1111 1111 1111');
  const other = await waiting('wo ist mein Geld, bitte');
  await app.query("update contact set name = 'Çiğdem Əliyeva' where id = $1", [one.contact]);
  for (const typed of ['iade şart', 'İADE', 'iade', 'ıade sartlari', 'cigdem', 'ÇİĞDEM əli', 'eliyeva'])
    expect(await found(typed), typed).toEqual([one.number]);
  for (const typed of [other.number, other.number.toLowerCase(), `#${other.number.slice(0, -2)}`, 'geld wo'])
    expect(await found(typed), typed).toEqual([other.number]);
  const [place] = await app.query<{ value: string }>('select a.value from address a where a.contact_id = $1', [other.contact]);
  expect(await found(place?.value ?? '')).toEqual([other.number]);
  // What PostgreSQL's parser takes for numbers and parts of words.
  await app.query("update address set value = '3e12abc-7e1 x1.5e3' where contact_id = $1", [one.contact]);
  expect(await found('3e12abc-7e1')).toEqual([one.number]);
  for (const typed of ['4111', 'geldx', "'; drop table ticket", '%', '"', "' | geld"])
    expect(await found(typed), typed).not.toContain(one.number);
});

test('what is searched is found by an index, in messages, names and addresses', async () => {
  const client = async (statement: string) =>
    (await app.query<{ 'QUERY PLAN': string }>(`explain ${statement}`)).map((row) => row['QUERY PLAN']).join('\n');
  const [used] = await app.query<{ indexdef: string }>("select indexdef from pg_indexes where indexname = 'message_search'");
  const vector = /gin \((.*)\) WHERE/.exec(used?.indexdef ?? '')?.[1];
  await app.query('set enable_seqscan = off');
  expect(await client(`select id from message where author in ('contact', 'agent') and ${vector} @@ '''iade'':*'::tsquery`)).toContain(
    'message_search',
  );
});

test('filters narrow a list, alone and together', async () => {
  const { number, id } = await waiting('filters are fine');
  await app.query("update ticket set urgency = 'high', language = 'de', tags = array['vip','slow'] where id = $1", [id]);
  const of = async (values: Record<string, string>) =>
    (await ask(supervisor, { list: 'all', ...values })).tickets.map((each) => each.number);
  for (const values of [
    { urgency: 'high' },
    { spoken: 'de' },
    { tag: 'vip' },
    { tag: 'slow', urgency: 'high', channel: 'web', search: 'fine' },
  ])
    expect(await of(values as unknown as Record<string, string>)).toEqual([number]);
  expect(await of({ tag: 'vip', urgency: 'top' })).toEqual([]);
  expect(await of({ channel: 'pigeon' })).toEqual([]);
  expect((await supervisor.call<{ tags: string[] }>('GET', '/api/desk/filters')).body.tags).toEqual(['slow', 'vip']);
});

test('every order is the one that its place numbers tell', async () => {
  for (let n = 0; n < 4; n += 1) {
    const { id } = await waiting();
    await app.query("update ticket set urgency = $2, first_answer_due = now() + $3 * interval '1 minute' where id = $1", [
      id,
      ['normal', 'top', 'high', 'normal'][n],
      40 - n,
    ]);
  }
  const first: Record<string, number> = {};
  for (const sort of ['line', 'deadline', 'priority']) {
    const { tickets } = await ask(supervisor, { list: 'all', sort });
    const places = tickets.map(({ place }) => place);
    expect(places.toSorted((a, b) => a.map((each, n) => each - (b[n] ?? 0)).find((each) => each !== 0) ?? 0)).toEqual(places);
    first[sort] = tickets[0]?.id ?? 0;
  }
  expect((await ask(supervisor, { list: 'all', sort: 'priority' })).tickets[0]?.urgency).toBe('top');
});

test('only the changed tickets can be asked for, and who left the list is missing', async () => {
  const [one, other] = [await waiting(), await waiting()];
  const agent = await signIn(app);
  await agent.call('POST', `/api/desk/tickets/${one.id}/claim`, {});
  const { tickets, counts } = await ask(agent, { list: 'waiting', only: `${one.id},${other.id}` });
  expect(tickets.map(({ id }) => id)).toEqual([other.id]);
  expect(counts.mine).toBe(1);
});

test('unread is what came since the agent looked, in whatever browser; nobody reads what is not theirs to see', async () => {
  const { visitor, id } = await waiting('first words');
  const [agent, stranger] = [await signIn(app), await signIn(app, { departments: ['support'].filter(() => false) })];
  const line = async (who = agent) => (await ask(who, { list: 'all', only: String(id) })).tickets[0];
  const before = await line();
  expect(before?.unread).toBe(true);
  expect((await agent.call('POST', `/api/desk/tickets/${id}/seen`, { seq: before?.heardSeq })).status).toBe(200);
  expect((await line())?.unread).toBe(false);
  expect((await line(supervisor))?.unread).toBe(true);
  await visitor.send('more words');
  expect((await line())?.unread).toBe(true);
  // A claim to have seen the future hides nothing.
  await agent.call('POST', `/api/desk/tickets/${id}/seen`, { seq: 1_000_000 });
  await visitor.send('and more');
  expect((await line())?.unread).toBe(true);
  expect((await stranger.call('POST', `/api/desk/tickets/${id}/seen`, { seq: 1 })).status).toBe(404);
});

test('resolved tickets come page by page, newest first, none twice and none left out', async () => {
  const { contact, id } = await waiting();
  await app.query(
    `insert into ticket (number, conversation_id, contact_id, department, reason, language, state, line_at, first_answer_due, resolution_due, resolved_at, outcome)
     select 'old-' || n, conversation_id, contact_id, department, reason, language, 'resolved', line_at, first_answer_due, resolution_due,
       date_trunc('hour', now()) - (n / 40) * interval '1 minute', 'solved'
     from ticket, generate_series(1, 230) n where ticket.id = $1`,
    [id],
  );
  const seen: number[] = [];
  for (let after: string | undefined; ; ) {
    const { tickets, more } = await ask(supervisor, { list: 'resolved', ...(after && { after }) });
    seen.push(...tickets.filter((each) => each.contact.id === contact).map((each) => each.id));
    after = String(tickets.at(-1)?.id);
    if (!more) break;
  }
  expect(seen).toHaveLength(230);
  expect(new Set(seen).size).toBe(230);
});

test('a ticket that sleeps is in no list of its agent but the sleeping ones, and is back when the contact writes', async () => {
  const { visitor, id, number } = await waiting('sleepy');
  const agent = await signIn(app);
  await agent.call('POST', `/api/desk/tickets/${id}/claim`, {});
  await app.query("update ticket set snoozed_until = now() + interval '1 day', snoozed_at = now() where id = $1", [id]);
  const lists = async () =>
    Promise.all(['mine', 'snoozed'].map(async (list) => (await ask(agent, { list })).tickets.map((each) => each.number)));
  expect(await lists()).toEqual([[], [number]]);
  await visitor.send(randomUUID());
  expect(await lists()).toEqual([[number], []]);
});

test('tags are suggested from tickets that an agent may see, and from no others', async () => {
  const [theirs, others] = [await waiting('tags of one department'), await waiting('tags of another one')];
  const tag = async (id: number, department: string, name: string) =>
    app.query('update ticket set department = $2, tags = array[$3] where id = $1', [id, department, name]);
  await tag(theirs.id, 'finance', 'slow bank');
  await tag(others.id, 'safety', 'court order');
  const agent = await signIn(app, { departments: ['finance'] });
  const suggested = async (who: DeskAgent) => (await who.call<{ tags: string[] }>('GET', '/api/desk/tags')).body.tags;
  expect(await suggested(agent)).toContain('slow bank');
  expect(await suggested(agent)).not.toContain('court order');
  expect(await suggested(supervisor)).toEqual(expect.arrayContaining(['slow bank', 'court order']));
  // What they have is theirs to see, whatever its department.
  await app.query("update ticket set state = 'assigned', assignee_id = $2 where id = $1", [others.id, agent.me.id]);
  expect(await suggested(agent)).toContain('court order');
});
