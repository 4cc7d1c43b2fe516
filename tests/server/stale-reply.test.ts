import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { applyChange } from '../../src/delivery/changes.ts';
import { createLog } from '../../src/log.ts';
import type { Refusal } from '../../src/server/desk/protocol.ts';
import { openStore, type Store } from '../../src/store/connection.ts';
import { startTestApp, type TestApp } from '../setup/app.ts';
import { type DeskAgent, signIn } from '../setup/desk.ts';
import { until } from '../setup/until.ts';
import { visit } from '../setup/visitor.ts';

let app: TestApp;
let store: Store;
let ayla: DeskAgent;
beforeAll(async () => {
  app = await startTestApp();
  store = openStore(app.databaseUrl, createLog('silent'), 2);
  ayla = await signIn(app);
});
afterAll(async () => {
  await store.close();
  await app.end();
});

test('a reply to words that the contact has changed or taken back since is refused, and the change is shown', async () => {
  const visitor = await visit(app.url, { language: 'en' });
  await visitor.send('/human');
  const number = await until(() => visitor.state()?.ticket?.number);
  const id = await until(async () => (await ayla.list('all')).tickets.find((ticket) => ticket.number === number)?.id);
  await ayla.call('POST', `/api/desk/tickets/${id}/claim`);
  const said = randomUUID();
  await visitor.send('please close my account', { id: said });
  const seen = await until(async () => {
    const view = await ayla.open(id);
    return view.messages.some(({ text }) => text === 'please close my account') ? view : undefined;
  });
  const [place] = await app.query<{ value: string }>('select value from address limit 1');
  const change = (event: 'edited' | 'deleted', text = '') =>
    applyChange(store.db, 'web', { event, address: place?.value ?? '', id: said, text } as Parameters<typeof applyChange>[2]);
  const reply = (seenSeq: number) =>
    ayla.call<Refusal>('POST', `/api/desk/tickets/${id}/reply`, { id: randomUUID(), text: 'It is closed.', seenSeq });

  await change('edited', 'please do NOT close my account');
  expect((await reply(seen.heardSeq)).body.code).toBe('conversation.stale');
  const edited = await ayla.open(id);
  expect(edited.messages.find(({ text }) => text === 'please do NOT close my account')?.editedAt).toBeTruthy();
  await change('deleted');
  expect((await reply(edited.heardSeq)).body.code).toBe('conversation.stale');
  const deleted = await ayla.open(id);
  expect(deleted.messages.some(({ deletedAt }) => deletedAt)).toBe(true);
  expect((await reply(deleted.heardSeq)).status).toBe(200);
  visitor.close();
});
