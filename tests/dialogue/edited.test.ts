import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTelegram, type TelegramDouble, token } from '../bots/telegram/double.ts';
import { startTestApp, type TestApp } from '../setup/app.ts';
import { until } from '../setup/until.ts';

let telegram: TelegramDouble;
let app: TestApp;
beforeAll(async () => {
  telegram = await startTelegram();
  app = await startTestApp({ TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: telegram.root });
});
afterAll(async () => {
  await app.end();
  await telegram.close();
});

/** Somebody who has asked and been answered, `said` times. */
async function answered(...texts: string[]) {
  const person = telegram.chats.person();
  const written = [];
  for (const [n, text] of texts.entries()) {
    written.push(person.write(text));
    await until(() => person.texts().length > n);
  }
  /** What the record says of their conversation. */
  const read = <T extends object>(what: string, order = 'c.id') =>
    app.query<T>(`select ${what} where c.address_id = (select id from address where value = $1) order by ${order}`, [
      String(person.user.id),
    ]);
  const turns = () =>
    read<{ decision: string }>(
      `data ->> 'decision' as decision from event e join conversation c on c.id = e.conversation_id and kind = 'turn'`,
      'e.seq',
    );
  return { person, written, read, turns };
}

test('who mends a slip of the pen after the answer is not answered twice, and the question stays before its answer', async () => {
  const { person, written, read, turns } = await answered('how long does a withdrawl take');
  person.edit(written[0] as object, 'how long does a withdrawal take');
  await until(async () => (await turns()).length === 2);
  expect((await turns()).map(({ decision }) => decision)).toEqual(['answer', 'unchanged']);
  const messages = await read<{ author: string; text: string }>(
    'm.author, m.text from message m join conversation c on c.id = m.conversation_id',
  );
  expect(person.texts()).toHaveLength(1);
  expect(messages).toHaveLength(2);
  const [question] = await read<{ text: string; seq: number; body: object }>(
    `m.text, m.seq, m.body from message m join conversation c on c.id = m.conversation_id and m.author = 'contact'`,
  );
  expect(question).toMatchObject({ text: 'how long does a withdrawal take', seq: 1, body: { type: 'message' } });
  expect(question?.body).not.toHaveProperty('earlierSeq');
});

test('who asks something else by an edit is answered', async () => {
  const { person, written } = await answered('hello', 'how long does a withdrawal take');
  person.edit(written[1] as object, 'how do I reset my password');
  await until(() => person.texts().length === 3);
  expect(person.texts()[1]).toContain('24 hours');
  expect(person.texts()[2]).not.toContain('24 hours');
});

test('who edits an answered message into words of somebody in danger reaches people at once', async () => {
  const { person, written, read } = await answered('how long does a withdrawal take', 'thanks');
  person.edit(written[0] as object, 'I want to kill myself');
  await until(() => person.texts().length === 3);
  expect(await read('t.urgency, t.reason from ticket t join conversation c on c.id = t.conversation_id')).toEqual([
    { urgency: 'top', reason: 'distress' },
  ]);
});

test('who was in danger, was helped and says it again by an edit reaches people again', async () => {
  const { person, written, read } = await answered('I want to kill myself');
  const [talk] = await read<{ id: string }>('c.id from conversation c');
  await app.query(`update ticket set state = 'resolved', resolved_at = now() where conversation_id = $1`, [talk?.id]);
  await app.query(`update conversation set owner = 'bot', state = '{}', handled_seq = heard_seq, waiting_since = null where id = $1`, [
    talk?.id,
  ]);
  person.edit(written[0] as object, 'I want to kill myself tonight');
  await until(() => person.texts().length === 2);
  const tickets = await read<{ state: string }>('t.state, t.reason from ticket t join conversation c on c.id = t.conversation_id');
  expect(tickets.filter(({ state }) => state !== 'resolved')).toMatchObject([{ reason: 'distress' }]);
});

test('who mends a slip of the pen while the answer is still owed is answered once', async () => {
  const { person, turns } = await answered('hello');
  telegram.refuse((method) =>
    method === 'sendMessage' ? { error_code: 429, description: 'Too Many Requests', parameters: { retry_after: 2 } } : undefined,
  );
  person.write('thanks');
  await until(async () => (await turns()).length === 2);
  const question = person.write('how long does a withdrawl take');
  await until(async () => (await turns()).length === 3);
  person.edit(question, 'how long does a withdrawal take');
  await until(async () => (await turns()).length === 4);
  telegram.refuse(undefined);
  await until(() => person.texts().length === 3, 15_000);
  expect((await turns()).map(({ decision }) => decision)).toEqual(['reply', 'reply', 'answer', 'unchanged']);
  expect(person.texts()[2]).toContain('24 hours');
});

test('who mends a slip of the pen in a question whose answer came late, behind that to an earlier one, is answered once', async () => {
  const { person, turns } = await answered('hello');
  telegram.refuse((method) =>
    method === 'sendMessage' ? { error_code: 429, description: 'Too Many Requests', parameters: { retry_after: 2 } } : undefined,
  );
  const questions = [];
  for (const text of ['thanks', 'hello', 'how long does a withdrawl take']) {
    questions.push(person.write(text));
    await until(async () => (await turns()).length === questions.length + 1);
  }
  telegram.refuse(undefined);
  await until(() => person.texts().length === 4, 15_000);
  person.edit(questions[2] as object, 'how long does a withdrawal take');
  await until(async () => (await turns()).length === 5);
  expect((await turns()).map(({ decision }) => decision)).toEqual(['reply', 'reply', 'reply', 'answer', 'unchanged']);
});

test('who mends a slip of the pen in a command is answered', async () => {
  const { person, written } = await answered('hello', '/statsu', '/hepl');
  person.edit(written[1] as object, '/status');
  await until(() => person.texts().length === 4);
  expect(person.texts()[3]).toContain('1042-K');
  person.edit(written[2] as object, '/help');
  await until(() => person.texts().length === 5);
});
