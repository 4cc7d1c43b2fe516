import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TicketView } from '../../src/server/desk/protocol.ts';
import { startTelegram, type TelegramDouble, token } from '../bots/telegram/double.ts';
import { startTestApp, type TestApp } from '../setup/app.ts';
import { type DeskAgent, signIn } from '../setup/desk.ts';
import { smallKnowledge } from '../setup/small-knowledge.ts';
import { until } from '../setup/until.ts';
import { type Visitor, visit } from '../setup/visitor.ts';

let app: TestApp;
let telegram: TelegramDouble;
let staff: ReturnType<TelegramDouble['chats']['person']>;
let supervisor: DeskAgent;
let dir: string;
beforeAll(async () => {
  telegram = await startTelegram();
  staff = telegram.chats.person();
  dir = await mkdtemp(path.join(os.tmpdir(), 'destek-tests-'));
  await cp(smallKnowledge, dir, { recursive: true });
  const file = path.join(dir, 'departments.yaml');
  const departments = await readFile(file, 'utf8');
  await writeFile(
    file,
    departments.replace('en: Support, az: Dəstək }', `en: Support, az: Dəstək }, notify: [{ channel: telegram, to: "${staff.user.id}" }]`),
  );
  app = await startTestApp({ TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: telegram.root, KNOWLEDGE_DIR: dir });
  supervisor = await signIn(app, { role: 'supervisor' });
});
afterAll(async () => {
  await app.end();
  await telegram.close();
  await rm(dir, { recursive: true });
});

async function waiting(): Promise<{ visitor: Visitor; number: string; id: number }> {
  const visitor = await visit(app.url, { language: 'en' });
  await visitor.send('/human');
  const number = await until(() => visitor.state()?.ticket?.number);
  const id = await until(async () => (await supervisor.list('all')).tickets.find((ticket) => ticket.number === number)?.id);
  // The number is part of the state before what is said of it has come.
  await until(() => visitor.messages.some(({ author, text }) => author !== 'contact' && text.includes(number)));
  return { visitor, number, id };
}
const claim = (who: DeskAgent, id: number) => who.call('POST', `/api/desk/tickets/${id}/claim`);
const breaches = async (id: number) =>
  (await supervisor.open(id)).events.filter(({ data }) => data.state === 'breach').map(({ data }) => data.what);
const column = async (id: number, name: string) =>
  (await app.query<Record<string, unknown>>(`select ${name} as it from ticket where id = ${id}`))[0]?.it;

test('with nobody at the desk the contact is told so, a staff chat is told of the ticket, and the missed deadline climbs to a supervisor who gets it', async () => {
  await app.query("update agent set presence = 'offline'");
  // The chat is told of one at once; then it has its peace for a minute.
  (await waiting()).visitor.close();
  await until(async () => (await app.query("select 1 from staff_notice where state = 'sent'")).length > 0);
  const { visitor, number, id } = await waiting();
  await until(() => visitor.messages.find(({ text }) => /None of our colleagues is online/.test(text)));
  await app.query(`update ticket set first_answer_due = now() - interval '1 second' where id = ${id}`);
  await until(async () => (await breaches(id)).length > 0, 14_000);
  expect((await supervisor.open(id)).ticket).toMatchObject({ level: 'supervisor', number });
  await app.query("update staff_notice set sent_at = sent_at - interval '2 minutes' where sent_at is not null");
  const told = () => telegram.chats.messagesIn(staff.user.id).map((message) => JSON.stringify(message));
  await until(() => told().find((text) => text.includes(number)), 14_000);
  expect(told().join()).toContain(`${app.url}/desk#/all/`);
  const agent = await signIn(app);
  await app.query(`update agent set presence = 'online' where id = ${agent.me.id}`);
  // Whoever could take it before still can.
  expect((await claim(agent, id)).status).toBe(200);
  visitor.close();
}, 40_000);

test('who writes again to an agent has a deadline for the answer; the answer rests it; a miss is told once', async () => {
  const agent = await signIn(app);
  const { visitor, id } = await waiting();
  await claim(agent, id);
  const reply = async () => {
    const { heardSeq } = await agent.open(id);
    return agent.call<TicketView>('POST', `/api/desk/tickets/${id}/reply`, { id: randomUUID(), text: 'One moment.', seenSeq: heardSeq });
  };
  await reply();
  expect(await column(id, 'next_answer_due')).toBeNull();
  await visitor.send('are you still there?');
  await until(async () => (await agent.open(id)).ticket.nextAnswerDue);
  await reply();
  expect(await column(id, 'next_answer_due')).toBeNull();
  await visitor.send('hello?');
  await until(() => column(id, 'next_answer_due'));
  await app.query(`update ticket set next_answer_due = now() - interval '1 second' where id = ${id}`);
  await until(async () => (await breaches(id)).includes('next-answer'), 14_000);
  expect((await agent.open(id)).ticket.assignee?.name).toBe(agent.me.name);
  expect(await breaches(id)).toEqual(['next-answer']);
  visitor.close();
}, 40_000);

test('while people have the conversation nothing automatic answers; the bot answers one message with one, the first with an introduction in it', async () => {
  const { visitor, id } = await waiting();
  const said = () => visitor.messages.filter(({ author }) => author !== 'contact').length;
  const before = said();
  for (const text of ['how long does a withdrawal take?', 'hello?', '/help']) await visitor.send(text);
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(said()).toBe(before);
  expect(await column(id, 'state')).toBe('waiting');
  const other = await visit(app.url, { language: 'en' });
  const answers = () => other.messages.filter(({ author }) => author !== 'contact');
  const asked = [
    'how long does a withdrawal take?',
    'hello',
    'I forgot my password',
    'can zebras whistle underwater?',
    '/help',
    '/nonsense',
  ];
  for (const [n, text] of asked.entries()) {
    await other.send(text);
    await until(() => answers().length > n);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(answers()).toHaveLength(n + 1);
  }
  expect(answers().map(({ text }) => /automatic assistant/.test(text))).toEqual(asked.map((_, n) => n === 0));
  for (const each of [visitor, other]) each.close();
}, 40_000);
