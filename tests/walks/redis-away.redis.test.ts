import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { startTestApp } from '../setup/app.ts';
import { signIn } from '../setup/desk.ts';
import { startRedis } from '../setup/redis.ts';
import { until } from '../setup/until.ts';
import { visit } from '../setup/visitor.ts';

test('while Redis is away customers are answered and handed over, and what people say arrives when it is back', async () => {
  const redis = await startRedis();
  const app = await startTestApp({ REDIS_URL: redis.url });
  const agent = await signIn(app);
  const visitor = await visit(app.url, { language: 'en' });
  const said = (text: RegExp) => until(() => visitor.messages.find((each) => each.author !== 'contact' && text.test(each.text)), 20_000);
  await redis.stop();

  await visitor.send('how long does a withdrawal take?');
  await said(/24 hours|withdraw/i);
  await visitor.send('/human');
  const number = await until(() => visitor.state()?.ticket?.number, 20_000);
  await said(new RegExp(number));
  const ticketId = await until(async () => (await agent.list()).tickets.find((each) => each.number === number)?.id);
  expect((await agent.call('POST', `/api/desk/tickets/${ticketId}/claim`)).status).toBe(200);
  const { heardSeq } = await agent.open(ticketId);
  const reply = { id: randomUUID(), text: 'Here I am.', seenSeq: heardSeq };
  expect((await agent.call('POST', `/api/desk/tickets/${ticketId}/reply`, reply)).status).toBe(200);

  const back = await startRedis([], Number(new URL(redis.url).port));
  await said(/Here I am/);
  expect(visitor.messages.filter(({ text }) => text === 'Here I am.')).toHaveLength(1);
  visitor.close();
  await app.end();
  await back.stop();
}, 60_000);
