import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../setup/app.ts';
import { until } from '../../setup/until.ts';
import { startTelegram, type TelegramDouble, token } from './double.ts';

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

test('a thousand chats at once, with 429s and updates brought twice: every question is kept once and answered once', async () => {
  const people = Array.from({ length: 1_000 }, () => telegram.chats.person());
  let sends = 0;
  telegram.refuse((method) =>
    method === 'sendMessage' && ++sends % 40 === 0
      ? { error_code: 429, description: 'Too Many Requests: retry after 1', parameters: { retry_after: 1 } }
      : undefined,
  );
  const began = Date.now();
  for (const [n, person] of people.entries()) {
    person.write('how long does a withdrawal take?', `question ${n}`);
    if (n % 10 === 0) person.write('how long does a withdrawal take?', `question ${n}`);
  }
  await until(async () => (await app.query(`select 1 from message where author = 'contact'`)).length === 1_000, 120_000);
  const stored = Date.now() - began;
  const answers = (person: (typeof people)[number]) => person.texts().filter((text) => /24 hours/.test(text)).length;
  await until(() => people.every((person) => answers(person) >= 1), 240_000);
  const refused = telegram.calls.filter(({ status }) => status === 429).length;
  console.log(
    `1,000 chats: kept in ${(stored / 1000).toFixed(1)} s, answered in ${((Date.now() - began) / 1000).toFixed(1)} s, ${refused} refused with 429`,
  );
  await until(async () => (await app.query(`select 1 from message where author = 'bot' and delivery <> 'sent'`)).length === 0, 30_000);
  expect(people.filter((person) => answers(person) !== 1)).toEqual([]);
  expect(await app.query(`select count(*)::int as n from message where author = 'contact'`)).toEqual([{ n: 1_000 }]);
  expect(refused).toBeGreaterThan(10);
});
