import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../setup/app.ts';
import { until } from '../setup/until.ts';
import { visit } from '../setup/visitor.ts';

// The work split by ROLES: one answers the browser, another takes turns and sends.
let front: TestApp;
let back: TestApp;
beforeAll(async () => {
  front = await startTestApp({ ROLES: 'http' });
  back = await startTestApp({
    ROLES: 'turns,deliveries,clock',
    DATABASE_URL: front.databaseUrl,
    ...(front.redisUrl ? { REDIS_URL: front.redisUrl } : {}),
  });
});
afterAll(async () => {
  await back.end();
  await front.end();
});

test('a tab that is open at one process is told what another one sends, and so is the second tab, once each', async () => {
  const visitor = await visit(front.url, { language: 'en' });
  const second = await visit(front.url, { language: 'en', visitor: visitor.token() });
  await visitor.send('how long does a withdrawal take?');
  expect((await visitor.said(0)).text).toMatch(/24 hours/);
  await until(() => second.messages.length === visitor.messages.length);
  await visitor.send('/human');
  await until(() => visitor.state()?.owner === 'queue' && second.state()?.owner === 'queue');
  for (const tab of [visitor, second]) {
    expect(new Set(tab.messages.map(({ id }) => id)).size).toBe(tab.messages.length);
    tab.close();
  }
});
