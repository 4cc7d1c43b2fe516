import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../setup/until.ts';
import { startTogether, type Together } from './setup.ts';

let both: Together;
beforeAll(async () => {
  both = await startTogether();
});
afterAll(() => both.end());

test('a thousand chats at once, with limits and a cut connection amid: every question is kept once and answered once, in order', async () => {
  const { discord, app } = both;
  const people = Array.from({ length: 1_000 }, () => discord.person());
  const limit = {
    status: 429,
    body: { message: 'slow down', retry_after: 1.2, global: false },
    headers: { 'retry-after': '1.2', 'x-ratelimit-scope': 'user' },
  };
  discord.trouble(
    { method: 'POST', path: /messages$/, times: 50, does: limit },
    { method: 'POST', path: /messages$/, times: 20, does: 'lost' },
  );
  const started = Date.now();
  for (const [n, person] of people.entries()) {
    discord.write(person, 'how long does a withdrawal take?');
    if (n === 500) discord.gateway.drop();
    // The network repeats some.
    if (n % 10 === 0) discord.gateway.dispatch('MESSAGE_CREATE', { ...discord.messages(person.direct)[0] });
  }
  const said = (n: number) => discord.said(people[n]?.direct ?? '').map(({ content }) => content);
  await until(() => people.every((_, n) => said(n).length >= 1), 240_000);
  console.log(`1,000 chats answered in ${((Date.now() - started) / 1_000).toFixed(1)} s`);
  for (const n of people.keys()) {
    expect(said(n)).toEqual([expect.stringMatching(/automatic assistant[\s\S]*24 hours/)]);
  }
  expect(await app.query(`select count(*)::int as n from message where author = 'contact'`)).toEqual([{ n: 1_000 }]);
  await until(async () => (await app.query(`select 1 from message where author = 'bot' and delivery <> 'sent'`)).length === 0);
});
