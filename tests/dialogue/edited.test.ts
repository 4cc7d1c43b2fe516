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
  const read = <T extends object>(what: string) =>
    app.query<T>(`select ${what} where c.address_id = (select id from address where value = $1)`, [String(person.user.id)]);
  const turns = () =>
    read<{ decision: string }>(
      `data ->> 'decision' as decision from event e join conversation c on c.id = e.conversation_id and kind = 'turn'`,
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
