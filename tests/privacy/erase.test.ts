import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLog } from '../../src/log.ts';
import { eraseContact, findContact } from '../../src/privacy/erase.ts';
import { bytesInFolder } from '../../src/store/bytes-folder.ts';
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

test('a contact is found by a ticket number and erased with key and every row; others stay', async () => {
  const [gone, stays] = await Promise.all([visit(app.url, { language: 'en' }), visit(app.url, { language: 'en' })]);
  for (const each of [gone, stays]) await each.send('my card is 4242 4242 4242 4242, call a person');
  const number = await until(() => gone.state()?.ticket?.number);
  await until(() => stays.state()?.ticket?.number);
  const id = await findContact(store.db, number.toLowerCase());
  const erased = await eraseContact(store.db, bytesInFolder(`${app.dataDir}/files`), id ?? 0);
  expect(erased).toMatchObject({ keys: 1, contact: 1, address: 1, conversation: 1, ticket: 1 });
  expect(erased?.message).toBeGreaterThanOrEqual(2);
  for (const table of ['contact', 'ticket']) expect(await app.query(`select 1 from ${table}`)).toHaveLength(1);
  expect(await app.query('select 1 from message where conversation_id not in (select id from conversation)')).toEqual([]);
  expect(await eraseContact(store.db, bytesInFolder(`${app.dataDir}/files`), id ?? 0)).toBeUndefined();
  for (const each of [gone, stays]) each.close();
});
