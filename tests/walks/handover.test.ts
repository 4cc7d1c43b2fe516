import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Refusal, TicketView } from '../../src/server/desk/protocol.ts';
import { startTestApp, type TestApp } from '../setup/app.ts';
import { type DeskAgent, signIn } from '../setup/desk.ts';
import { until } from '../setup/until.ts';
import { type Visitor, visit } from '../setup/visitor.ts';

let app: TestApp;
let ayla: DeskAgent;
let baris: DeskAgent;
beforeAll(async () => {
  app = await startTestApp();
  ayla = await signIn(app);
  baris = await signIn(app);
});
afterAll(() => app.end());

/** A visitor who has asked for a person, and their ticket. */
async function waiting(question = '/human'): Promise<{ visitor: Visitor; ticketId: number; number: string }> {
  const visitor = await visit(app.url, { language: 'en' });
  await visitor.send(question);
  const number = await until(() => visitor.state()?.ticket?.number);
  const ticketId = await until(async () => (await ayla.list()).tickets.find((ticket) => ticket.number === number)?.id);
  // The number is part of the state before what is said of it has come.
  await until(() => visitor.messages.some(({ author, text }) => author !== 'contact' && text.includes(number)));
  return { visitor, ticketId, number };
}

const reply = async (agent: DeskAgent, ticketId: number, text: string, id = randomUUID()) => {
  const { heardSeq } = await agent.open(ticketId);
  return agent.call<TicketView & Refusal>('POST', `/api/desk/tickets/${ticketId}/reply`, { id, text, seenSeq: heardSeq });
};
const said = (visitor: Visitor, text: RegExp) =>
  until(() => visitor.messages.find((message) => message.author !== 'contact' && text.test(message.text)));

test('question, handover, claim, reply, resolve, survey: the whole way and the bot again afterwards', async () => {
  const { visitor, ticketId, number } = await waiting('my withdrawal is late, I have been waiting for days');
  expect((await said(visitor, new RegExp(number))).text).toMatch(/withdrawal/i);
  await until(() => visitor.state()?.owner === 'queue');
  expect((await ayla.call('POST', `/api/desk/tickets/${ticketId}/claim`)).status).toBe(200);
  await until(() => visitor.state()?.agent === ayla.me.name);
  await reply(ayla, ticketId, 'Hello, I am looking **into it**.');
  expect(await said(visitor, /looking \*\*into it\*\*/)).toMatchObject({ author: 'agent', name: ayla.me.name });
  await visitor.send('how long does a withdrawal take?');
  await until(() => visitor.messages.at(-1)?.author === 'contact');
  await new Promise((resolve) => setTimeout(resolve, 900));
  expect(visitor.messages.at(-1)?.author).toBe('contact');
  expect((await ayla.call('POST', `/api/desk/tickets/${ticketId}/resolve`, { outcome: 'solved' })).status).toBe(200);
  await said(visitor, /Was your request solved/);
  await visitor.send('Yes', { choice: `survey:${ticketId}:solved:yes` });
  await said(visitor, /from 1/);
  await visitor.send('2', { choice: `survey:${ticketId}:score:2` });
  await said(visitor, /tell us why/);
  await visitor.send('it took rather long, my neighbour was quicker');
  await said(visitor, /feedback/);
  // The survey is over: what is written now is a message like any other.
  await visitor.send('can zebras whistle underwater?');
  await said(visitor, /reliable answer/);
  expect(visitor.messages.filter(({ text }) => /feedback/.test(text))).toHaveLength(1);
  const view = await ayla.open(ticketId);
  expect(view.survey).toEqual({ solved: true, score: 2, comment: 'it took rather long, my neighbour was quicker' });
  expect(view.events.some(({ kind, data }) => kind === 'survey' && data.low === true)).toBe(true);
  await visitor.send('I forgot my password');
  await said(visitor, /Forgot password/);
  expect(visitor.state()?.owner).toBe('bot');
  // What was asked of the agent is not the bot's afterwards.
  expect(visitor.messages.some(({ author, text }) => author === 'bot' && /24 hours/.test(text))).toBe(false);
  visitor.close();
});

test('of two agents who claim at once one has it, and the other is told who', async () => {
  const { visitor, ticketId } = await waiting();
  const answers = await Promise.all([ayla, baris].map((agent) => agent.call<Refusal>('POST', `/api/desk/tickets/${ticketId}/claim`)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  const winner = answers[0]?.status === 200 ? ayla : baris;
  expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({
    code: 'ticket.taken',
    message: expect.stringContaining(winner.me.name),
  });
  visitor.close();
});

test('a reply is a takeover; a repeat of it is not sent twice; one written before the contact wrote again is refused', async () => {
  const { visitor, ticketId } = await waiting();
  const id = randomUUID();
  await reply(baris, ticketId, 'I am on it', id);
  await reply(baris, ticketId, 'I am on it', id);
  await said(visitor, /on it/);
  const { heardSeq } = await baris.open(ticketId);
  await visitor.send('one more thing');
  const stale = await baris.call<Refusal>('POST', `/api/desk/tickets/${ticketId}/reply`, {
    id: randomUUID(),
    text: 'done',
    seenSeq: heardSeq,
  });
  expect(stale).toMatchObject({ status: 409, body: { code: 'conversation.stale' } });
  expect(visitor.messages.filter(({ text }) => text === 'I am on it')).toHaveLength(1);
  expect(
    (await ayla.call<Refusal>('POST', `/api/desk/tickets/${ticketId}/reply`, { id: randomUUID(), text: 'me too', seenSeq: 999 })).body.code,
  ).toBe('ticket.taken');
  visitor.close();
});

test('a returned ticket is in the line again and can be taken as the next', async () => {
  const { visitor, ticketId } = await waiting();
  await ayla.call('POST', `/api/desk/tickets/${ticketId}/claim`);
  await ayla.call('POST', `/api/desk/tickets/${ticketId}/return`);
  expect((await ayla.list()).tickets.map(({ id }) => id)).toContain(ticketId);
  await until(() => visitor.state()?.owner === 'queue');
  for (;;) {
    const next = await baris.call<TicketView>('POST', '/api/desk/tickets/next');
    expect(next.status).toBe(200);
    if (next.body.ticket.id === ticketId) break;
  }
  visitor.close();
});

test('an agent who closes the laptop loses the ticket to the line after the grace, not on a reload', async () => {
  const { visitor, ticketId } = await waiting();
  const first = await ayla.live();
  await ayla.call('POST', `/api/desk/tickets/${ticketId}/claim`);
  first.close();
  const again = await ayla.live();
  expect((await ayla.open(ticketId)).ticket.assignee?.name).toBe(ayla.me.name);
  again.close();
  await app.query("update agent set seen_at = now() - interval '1 hour' where id = $1", [ayla.me.id]);
  await until(async () => (await baris.list()).tickets.some(({ id }) => id === ticketId), 15_000);
  await until(() => visitor.state()?.owner === 'queue');
  visitor.close();
});

test('with nobody at the desk the contact is told so, and nothing is lost', async () => {
  await app.query("update agent set presence = 'offline'");
  const { visitor, ticketId } = await waiting();
  expect((await said(visitor, /\d{4,}-[A-Z]/)).text).toMatch(/None of our colleagues is online/);
  expect((await baris.list()).tickets.map(({ id }) => id)).toContain(ticketId);
  visitor.close();
});

test('a person in distress reads the crisis line first, goes before everybody else, and gets no offers from then on', async () => {
  const { visitor, ticketId } = await waiting('I want to kill myself');
  expect((await visitor.said(0)).text).toMatch(/112/);
  expect((await ayla.list()).tickets[0]?.id).toBe(ticketId);
  expect((await ayla.open(ticketId)).contact.protected).toBe(true);
  visitor.close();
});

test('a ticket is shown only to whom it belongs to', async () => {
  const owner = await waiting();
  const stranger = await visit(app.url, { language: 'en' });
  await stranger.send(`/status ${owner.number}`);
  await said(stranger, /cannot find/);
  await ayla.call('POST', `/api/desk/tickets/${owner.ticketId}/claim`);
  await reply(ayla, owner.ticketId, 'Done.');
  await ayla.call('POST', `/api/desk/tickets/${owner.ticketId}/resolve`, { outcome: 'solved' });
  await said(owner.visitor, /has been closed/);
  await owner.visitor.send(`/status ${owner.number}`);
  await said(owner.visitor, /was resolved on/);
  for (const { close } of [owner.visitor, stranger]) close();
});

test('a desk that was away is told everything since its cursor', async () => {
  const { cursor } = await ayla.list();
  const { visitor, ticketId } = await waiting();
  const live = await ayla.live(cursor);
  await until(() => live.updates.flatMap(({ changes }) => changes).find((change) => change.ticketId === ticketId));
  await baris.call('POST', `/api/desk/tickets/${ticketId}/claim`);
  await until(() =>
    live.updates.flatMap(({ changes }) => changes).find((change) => change.ticketId === ticketId && change.data.state === 'assigned'),
  );
  live.close();
  visitor.close();
});
