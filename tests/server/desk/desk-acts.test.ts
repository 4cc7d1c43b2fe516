import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MergeSides, Receiver } from '../../../src/server/desk/act-protocol.ts';
import type { TicketView } from '../../../src/server/desk/protocol.ts';
import { startTestApp, type TestApp } from '../../setup/app.ts';
import { type DeskAgent, signIn } from '../../setup/desk.ts';
import { act, type WithTicket, waitingTicket } from '../../setup/tickets.ts';
import { until } from '../../setup/until.ts';
import type { Visitor } from '../../setup/visitor.ts';

let app: TestApp;
let suna: DeskAgent;
let ayla: DeskAgent;
let baris: DeskAgent;
let desks: Awaited<ReturnType<DeskAgent['live']>>[];
let beating: NodeJS.Timeout;
beforeAll(async () => {
  app = await startTestApp();
  suna = await signIn(app, { role: 'supervisor' });
  ayla = await signIn(app);
  baris = await signIn(app);
  desks = await Promise.all([ayla, baris].map((each) => each.live()));
  // As their pages do: whoever gives no sign of life for 45 s has gone, and their tickets go back to the line.
  beating = setInterval(() => desks.forEach(({ socket }) => void socket.emit('beat')), 10_000);
});
afterAll(async () => {
  clearInterval(beating);
  for (const desk of desks) desk.close();
  await app.end();
});

const waiting = (question?: string) => waitingTicket(app, suna, question);

async function taken(by = ayla, question?: string): Promise<WithTicket> {
  const made = await waiting(question);
  expect((await by.call('POST', `/api/desk/tickets/${made.id}/claim`)).status).toBe(200);
  return made;
}

const did = async (who: DeskAgent, id: number, name: string, body: object = {}) =>
  expect(await act(who, id, name, body), name).toMatchObject({ status: 200 });
const note = (text: string) => ({ id: randomUUID(), text });
const acts = (view: TicketView) => view.events.map(({ data }) => data.act).filter(Boolean);
const reply = async (who: DeskAgent, id: number, text: string) =>
  who.call('POST', `/api/desk/tickets/${id}/reply`, { id: randomUUID(), text, seenSeq: (await who.open(id)).heardSeq });
const said = (visitor: Visitor, text: RegExp) =>
  until(() => visitor.messages.find((message) => message.author !== 'contact' && text.test(message.text)));

test('a private note is masked, shown to agents in line, and reaches no channel', async () => {
  const { visitor, id } = await taken();
  const body = note('checked, card 4242 4242 4242 4242 is theirs');
  await did(ayla, id, 'note', body);
  await did(ayla, id, 'note', body);
  const { notes } = await baris.open(id);
  expect(notes).toHaveLength(1);
  expect(notes[0]?.text).not.toContain('4242 4242');
  expect(notes[0]).toMatchObject({ agent: ayla.me.name });
  await reply(ayla, id, 'All good.');
  await said(visitor, /All good/);
  expect(visitor.messages.some(({ text }) => text.includes('checked'))).toBe(false);
  visitor.close();
});

test('a ticket handed to a department waits there with its note, and keeps its place in time', async () => {
  const { visitor, id } = await taken();
  const before = (await ayla.open(id)).ticket;
  const other = ayla.me.allDepartments.find((each) => each.id !== before.department)?.id ?? '';
  await did(ayla, id, 'transfer', { department: other, note: note('needs the accounts') });
  const view = await baris.open(id);
  expect(view.ticket).toMatchObject({ state: 'waiting', department: other, firstAnswerDue: before.firstAnswerDue });
  expect(view.notes.at(-1)?.text).toBe('needs the accounts');
  expect(view.events.at(-1)?.data).toMatchObject({ act: 'transferred', from: before.department, to: other });
  await until(() => visitor.state()?.owner === 'queue');
  expect((await act(ayla, id, 'transfer', { department: 'nowhere' })).body.code).toBe('input.invalid');
  visitor.close();
});

test('a ticket goes to an agent who may have it; whoever is away, full or of another department does not get it', async () => {
  const { visitor, id } = await taken();
  const receivers = async () =>
    (await ayla.call<{ agents: Receiver[] }>('GET', `/api/desk/tickets/${id}/receivers`)).body.agents.find(
      ({ id: who }) => who === baris.me.id,
    );
  expect((await receivers())?.unfit).toBeUndefined();
  expect((await receivers())?.speaks).toBe(true);
  await app.query('update agent set capacity = 0 where id = $1', [baris.me.id]);
  expect(await receivers()).toMatchObject({ unfit: 'capacity' });
  expect((await act(ayla, id, 'transfer', { agentId: baris.me.id })).body.code).toBe('agent.unfit');
  await app.query('update agent set capacity = 10 where id = $1', [baris.me.id]);
  await did(ayla, id, 'transfer', { agentId: baris.me.id, note: note('you know him') });
  const view = await baris.open(id);
  expect(view.ticket.assignee?.id).toBe(baris.me.id);
  expect(view.events.at(-1)?.data).toMatchObject({ act: 'transferred', toName: baris.me.name });
  expect((await act(ayla, id, 'transfer', { agentId: ayla.me.id })).body.code).toBe('ticket.taken');
  await until(() => visitor.state()?.agent === baris.me.name);
  visitor.close();
});

test('an escalated ticket waits for supervisors, then for an investigation, and for nobody else', async () => {
  const { visitor, id } = await taken();
  await did(ayla, id, 'escalate', { note: note('asks for an exception') });
  expect((await ayla.open(id)).ticket).toMatchObject({ state: 'waiting', level: 'supervisor' });
  expect((await act(ayla, id, 'claim')).status).toBe(403);
  expect((await act(suna, id, 'claim')).status).toBe(200);
  await did(suna, id, 'escalate');
  expect((await suna.open(id)).ticket.level).toBe('investigation');
  expect((await act(suna, id, 'escalate')).body.code).toBe('input.invalid');
  visitor.close();
});

test('a snoozed ticket leaves "mine", stays theirs, and comes back at once when the contact writes', async () => {
  const { visitor, id } = await taken();
  const mine = async () => (await ayla.list('mine')).tickets.some((ticket) => ticket.id === id);
  expect((await act(ayla, id, 'snooze', { until: new Date(Date.now() - 1_000).toISOString() })).status).toBe(400);
  await did(ayla, id, 'snooze', { until: new Date(Date.now() + 3_600_000).toISOString() });
  expect(await mine()).toBe(false);
  expect((await ayla.list('snoozed')).tickets.map((ticket) => ticket.id)).toContain(id);
  expect((await ayla.open(id)).ticket.assignee?.id).toBe(ayla.me.id);
  await visitor.send('I found the receipt');
  expect(await mine()).toBe(true);
  await until(async () => acts(await ayla.open(id)).includes('woken'));
  expect((await ayla.open(id)).events.at(-1)?.data).toMatchObject({ act: 'woken', reason: 'contact' });
  visitor.close();
});

test('a snoozed ticket comes back when its time has come, also to the line where its agent has gone home', async () => {
  const { visitor, id } = await taken(suna);
  await did(suna, id, 'snooze', { until: new Date(Date.now() + 3_600_000).toISOString() });
  await app.query("update agent set presence = 'offline', seen_at = now() - interval '1 hour' where id = $1", [suna.me.id]);
  await app.query("update ticket set snoozed_until = now() - interval '1 second' where id = $1", [id]);
  await until(async () => (await ayla.list()).tickets.some((ticket) => ticket.id === id), 15_000);
  expect((await ayla.open(id)).events.at(-1)?.data).toMatchObject({ state: 'waiting', reason: 'presence' });
  visitor.close();
});

test('a resolved ticket is reopened as the agent’s own, keeps its number, and its survey is asked anew', async () => {
  const { visitor, id, number } = await taken();
  await reply(ayla, id, 'Done.');
  await act(ayla, id, 'resolve', { outcome: 'solved' });
  await said(visitor, /Was your request solved/);
  await did(baris, id, 'reopen');
  expect((await baris.open(id)).ticket).toMatchObject({ number, state: 'assigned', assignee: { id: baris.me.id } });
  await until(() => visitor.state()?.agent === baris.me.name);
  expect((await act(ayla, id, 'reopen')).body.code).toBe('ticket.gone');
  await act(baris, id, 'resolve', { outcome: 'solved' });
  await until(() => visitor.messages.filter(({ text }) => /Was your request solved/.test(text)).length === 2);
  visitor.close();
});

test('a ticket is not reopened beside another open one of the same place', async () => {
  const { visitor, id } = await taken();
  await act(ayla, id, 'resolve', { outcome: 'solved' });
  await until(() => visitor.state()?.owner === 'bot');
  await visitor.send('/human');
  await until(() => visitor.state()?.owner === 'queue');
  expect((await act(ayla, id, 'reopen')).body.code).toBe('ticket.open');
  visitor.close();
});

test('given back to the bot, it answers what nobody had answered, and begins anew', async () => {
  const { visitor, id } = await taken();
  await reply(ayla, id, 'Hello.');
  await said(visitor, /^Hello\.$/);
  await visitor.send('how long does a withdrawal take?');
  await until(async () => (await ayla.open(id)).messages.some(({ text }) => text.includes('how long')));
  await did(ayla, id, 'to-bot');
  expect((await said(visitor, /24 hours/)).text).toMatch(/automatic assistant/);
  expect((await ayla.open(id)).ticket).toMatchObject({ state: 'resolved', outcome: 'to-bot' });
  expect(visitor.state()?.owner).toBe('bot');
  visitor.close();
});

test('a more urgent ticket goes ahead in line, with new deadlines', async () => {
  const first = await waiting();
  const { visitor, id } = await waiting();
  const before = (await ayla.open(id)).ticket;
  await did(suna, id, 'urgency', { urgency: 'top' });
  const after = (await ayla.open(id)).ticket;
  expect(Date.parse(after.firstAnswerDue)).toBeLessThan(Date.parse(before.firstAnswerDue));
  expect((await ayla.list()).tickets[0]?.id).toBe(id);
  for (const each of [first.visitor, visitor]) each.close();
});

test('tags are masked, each once however it is written, and suggested to others', async () => {
  const { visitor, id } = await taken();
  await did(ayla, id, 'tags', { tags: ['Refund ', 'refund', 'İade', '4242 4242 4242 4242'] });
  const { tags } = (await ayla.open(id)).ticket;
  expect(tags).toHaveLength(3);
  expect(tags.join()).not.toContain('4242 4242');
  await did(baris, id, 'tags', { tags: ['REFUND', 'iade'] });
  expect((await ayla.open(id)).ticket.tags).toEqual(['Refund', 'İade']);
  expect((await baris.call<{ tags: string[] }>('GET', '/api/desk/tags')).body.tags).toEqual(expect.arrayContaining(['Refund', 'İade']));
  visitor.close();
});

test('linked tickets show each other, by a number as people type it', async () => {
  const [one, other] = [await waiting(), await waiting()];
  expect((await act(ayla, one.id, 'link', { number: '9999-X' })).status).toBe(404);
  await did(ayla, one.id, 'link', { number: other.number.toLowerCase().replace('-', ' ') });
  expect((await ayla.open(other.id)).around.links.map(({ number }) => number)).toEqual([one.number]);
  await did(ayla, other.id, 'unlink', { ticketId: one.id });
  expect((await ayla.open(one.id)).around.links).toEqual([]);
  for (const each of [one, other]) each.visitor.close();
});

test('two contacts become one: a supervisor compares and merges them; what was sealed opens, protection stays', async () => {
  const one = await taken();
  const other = await waiting('I want to kill myself, my card is 4111 1111 1111 1111');
  expect((await act(ayla, one.id, 'merge', { number: other.number })).status).toBe(403);
  const sides = (await suna.call<MergeSides>('GET', `/api/desk/tickets/${one.id}/merge?number=${other.number}`)).body;
  expect(sides).toMatchObject({ into: { protected: false }, from: { protected: true, channels: ['web'] } });
  await did(suna, one.id, 'merge', { number: other.number });
  const view = await suna.open(one.id);
  expect(view.contact).toMatchObject({ id: sides.into.id, protected: true });
  expect(view.around.others.map(({ number }) => number)).toEqual([other.number]);
  expect(view.messages.some(({ text }) => text.startsWith('I want'))).toBe(true);
  expect((await suna.open(other.id)).contact.id).toBe(sides.into.id);
  expect(await app.query('select 1 from contact where id = $1', [sides.from.id])).toEqual([]);
  await other.visitor.send('and my other card is 4242 4242 4242 4242');
  await until(async () => (await suna.open(one.id)).messages.some(({ text }) => text.startsWith('and my other')));
  expect((await act(suna, one.id, 'merge', { number: other.number })).body.code).toBe('input.invalid');
  for (const each of [one, other]) each.visitor.close();
});

test('a blocked contact is kept and answered by nobody, until they are unblocked', async () => {
  const { visitor, id } = await taken();
  await act(ayla, id, 'resolve', { outcome: 'spam' });
  await until(() => visitor.state()?.owner === 'bot');
  await did(ayla, id, 'block');
  const before = visitor.messages.filter(({ author }) => author !== 'contact').length;
  await visitor.send('/human');
  await visitor.send('buy my stuff, card 4111 1111 1111 1111');
  await until(async () => (await ayla.open(id)).messages.some(({ silent }) => silent === 'blocked'));
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  expect(visitor.messages.filter(({ author }) => author !== 'contact')).toHaveLength(before);
  expect((await ayla.open(id)).around.others).toEqual([]);
  await did(ayla, id, 'unblock');
  await visitor.send('/human');
  await until(() => visitor.state()?.ticket);
  visitor.close();
});

test('only a supervisor lifts a protection, and says why', async () => {
  const { visitor, id } = await waiting('I want to kill myself');
  expect((await act(ayla, id, 'lift', { note: note('fine') })).status).toBe(403);
  await did(suna, id, 'lift', { note: note('spoke with them and their doctor') });
  const view = await suna.open(id);
  expect(view.contact.protected).toBe(false);
  expect(view.notes.at(-1)?.text).toContain('doctor');
  visitor.close();
});

test('an agent writes first: a new ticket of their own on an address of the contact, once however often it is sent', async () => {
  const { visitor, id } = await taken();
  await act(ayla, id, 'resolve', { outcome: 'solved' });
  await until(() => visitor.state()?.owner === 'bot');
  const [place] = (await ayla.open(id)).around.places;
  const { department } = (await ayla.open(id)).ticket;
  const body = { addressId: place?.id, department, id: randomUUID(), text: 'A **security check**: was it you?' };
  const started = await act(ayla, id, 'start', body);
  expect(started.status).toBe(200);
  expect((await act(ayla, id, 'start', body)).body.ticketId).toBe(started.body.ticketId);
  await said(visitor, /security check/);
  await until(() => visitor.state()?.owner === 'agent');
  expect((await ayla.open(started.body.ticketId)).ticket).toMatchObject({ state: 'assigned', reason: 'outbound' });
  expect((await act(ayla, id, 'start', { ...body, id: randomUUID() })).body.code).toBe('ticket.open');
  await visitor.send('yes, it was me');
  await until(async () => (await ayla.open(started.body.ticketId)).messages.some(({ text }) => text === 'yes, it was me'));
  visitor.close();
});

test('a call is noted with its number sealed, shown to the assignee alone, and its hour is told', async () => {
  const { visitor, id } = await taken();
  const wishedAt = new Date(Date.now() + 3_600_000).toISOString();
  expect((await act(ayla, id, 'call-back', { number: '0532 000', wishedAt })).status).toBe(400);
  await did(ayla, id, 'call-back', { number: '+90 532 000 00 17', wishedAt });
  const number = (who: DeskAgent) => who.call<{ number: string }>('GET', `/api/desk/tickets/${id}/call-back`);
  expect((await number(ayla)).body.number).toBe('+905320000017');
  expect((await number(suna)).status).toBe(403);
  expect((await suna.open(id)).around.callBack).toEqual({ ending: '17', wishedAt });
  expect(JSON.stringify(await app.query('select * from event'))).not.toContain('5320000017');
  await app.query("update call_back set wished_at = now() - interval '1 second' where ticket_id = $1", [id]);
  await until(async () => acts(await ayla.open(id)).includes('call-back-due'));
  await did(ayla, id, 'call-back/done');
  expect((await ayla.open(id)).around.callBack?.doneAt).toBeTruthy();
  visitor.close();
});

test('who has not the ticket does not act on it, and who may not see it does not learn that it exists', async () => {
  const { visitor, id } = await taken();
  const { department } = (await ayla.open(id)).ticket;
  const stranger = await signIn(app, { departments: [ayla.me.allDepartments.find((each) => each.id !== department)?.id ?? ''] });
  const soon = new Date(Date.now() + 60_000).toISOString();
  for (const [name, body] of Object.entries({ snooze: { until: soon }, 'to-bot': {}, urgency: { urgency: 'high' }, escalate: {} })) {
    expect((await act(baris, id, name, body)).body.code, name).toBe('ticket.taken');
    expect((await act(stranger, id, name, body)).status, name).toBe(404);
  }
  expect((await act(stranger, id, 'note', note('hello'))).status).toBe(404);
  visitor.close();
});
