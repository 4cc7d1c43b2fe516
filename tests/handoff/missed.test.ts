import { afterAll, beforeAll, expect, test } from 'vitest';
import { readMissed } from '../../src/handoff/missed.ts';
import { createLog } from '../../src/log.ts';
import { openStore, type Store } from '../../src/store/connection.ts';
import { startTestApp, type TestApp } from '../setup/app.ts';
import { until } from '../setup/until.ts';
import { visit } from '../setup/visitor.ts';

let app: TestApp;
let store: Store;
beforeAll(async () => {
  app = await startTestApp();
  store = openStore(app.databaseUrl, createLog('silent'), 2);
});
afterAll(async () => {
  await store.close();
  await app.end();
});

test('what fell back or was answered in vain is found, what was answered well is not', async () => {
  const visitor = await visit(app.url, { language: 'en' });
  await visitor.send('can zebras whistle underwater?');
  await visitor.said(1);
  const other = await visit(app.url, { language: 'en' });
  await other.send('how long does a withdrawal take?');
  await until(() => other.messages.find(({ choices }) => choices));
  await other.press('solved:no');
  await until(() => other.state()?.ticket);
  const happy = await visit(app.url, { language: 'en' });
  await happy.send('how do I reset my password?');
  await until(() => happy.messages.find(({ choices }) => choices));
  await happy.press('solved:yes');
  await happy.said(2);
  const missed = await readMissed(store.db);
  expect(missed.map(({ text }) => text).sort()).toEqual(['can zebras whistle underwater?', 'how long does a withdrawal take?']);
  expect(missed.every(({ language }) => language === 'en')).toBe(true);
  for (const each of [visitor, other, happy]) each.close();
});
