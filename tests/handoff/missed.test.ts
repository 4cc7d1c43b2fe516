import { afterAll, beforeAll, expect, test } from 'vitest';
import { readMissed } from '../../src/handoff/missed.ts';
import { createLog } from '../../src/log.ts';
import { openStore, type Store } from '../../src/store/connection.ts';
import { startTestApp, type TestApp } from '../setup/app.ts';
import { signIn } from '../setup/desk.ts';
import { act } from '../setup/tickets.ts';
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
  await visitor.said(0);
  const other = await visit(app.url, { language: 'en' });
  await other.send('how long does a withdrawal take?');
  await until(() => other.messages.find(({ choices }) => choices));
  await other.press('solved:no');
  await until(() => other.state()?.ticket);
  const happy = await visit(app.url, { language: 'en' });
  await happy.send('how do I reset my password?');
  await until(() => happy.messages.find(({ choices }) => choices));
  await happy.press('solved:yes');
  await happy.said(1);
  const missed = await readMissed(store.db);
  expect(missed.map(({ text }) => text).sort()).toEqual(['can zebras whistle underwater?', 'how long does a withdrawal take?']);
  expect(missed.every(({ language }) => language === 'en')).toBe(true);
  for (const each of [visitor, other, happy]) each.close();
});

test('with it comes what an agent wrote, masked, once the ticket is resolved, unless the contact says that it was not solved', async () => {
  const agent = await signIn(app, { role: 'supervisor' });
  const question = 'do you sponsor village chess clubs?';
  const visitor = await visit(app.url, { language: 'en' });
  await visitor.send(question);
  await visitor.said(0);
  await visitor.send('/human');
  const number = await until(() => visitor.state()?.ticket?.number);
  const id = await until(async () => (await agent.list('all')).tickets.find((ticket) => ticket.number === number)?.id);
  const reply = async () => (await readMissed(store.db)).find(({ text }) => text === question)?.reply;

  await act(agent, id, 'claim');
  const say = async (name: string, text: string) =>
    act(agent, id, 'reply', { id: `reply-${name}`, text, seenSeq: (await agent.open(id)).heardSeq });
  expect((await say('long', 'We do, twice a year: ask on the sponsors page. Never send a card such as 4111 1111 1111 1111.')).status).toBe(
    200,
  );
  expect((await say('bye', 'Goodbye!')).status).toBe(200);
  await until(() => visitor.messages.some(({ text }) => text === 'Goodbye!'));
  expect(await reply()).toBeUndefined();

  await act(agent, id, 'resolve', { outcome: 'solved' });
  expect(await reply()).toMatch(/^We do, twice a year: ask on the sponsors page\. Never send a card such as [^\d]*1111\.$/);
  await until(() => visitor.messages.some(({ choices }) => choices?.some(({ id: choice }) => choice === `survey:${id}:solved:no`)));
  await visitor.send('No', { choice: `survey:${id}:solved:no` });
  expect(await until(async () => ((await reply()) === undefined ? 'withdrawn' : undefined))).toBe('withdrawn');
  visitor.close();
});
