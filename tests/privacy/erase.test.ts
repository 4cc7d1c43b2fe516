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

/** A contact with a file whose bytes are there; ids of both. */
async function withFile(file: string): Promise<{ contact: number; file: string }> {
  const visitor = await visit(app.url, { language: 'en' });
  await visitor.send('/human');
  const number = await until(() => visitor.state()?.ticket?.number);
  visitor.close();
  const contact = (await findContact(store.db, number)) ?? 0;
  await app.query(
    `insert into attachment (id, contact_id, channel, address, name, type, size, sha256, key, state) values ($1, $2, 'web', 'v', 'x.txt', 'text/plain', 1, '', '', 'kept')`,
    [file, contact],
  );
  await bytesInFolder(`${app.dataDir}/files`).write(file, Buffer.from('x'));
  return { contact, file };
}

test('bytes that can still be read after they were removed are an error, and the contact stays to be erased again', async () => {
  const { contact, file } = await withFile('a-stubborn-file');
  const place = bytesInFolder(`${app.dataDir}/files`);
  await expect(eraseContact(store.db, { ...place, remove: async () => {} }, contact)).rejects.toThrow(/still there/);
  expect(await app.query('select 1 from contact where id = $1', [contact])).toHaveLength(1);
  expect(await eraseContact(store.db, place, contact)).toMatchObject({ bytes: 1, attachment: 1 });
  expect(await place.read(file)).toBeUndefined();
});

test('each channel is asked to forget what it keeps beside the record, and what it forgot is counted', async () => {
  const { contact } = await withFile('one-more-file');
  const [place] = await app.query<{ value: string }>('select value from address where contact_id = $1', [contact]);
  const asked: [string, string[]][] = [];
  const erased = await eraseContact(store.db, bytesInFolder(`${app.dataDir}/files`), contact, async (_, channel, addresses) => {
    asked.push([channel, addresses]);
    return 3;
  });
  expect([asked, erased?.cursors]).toEqual([[['web', [place?.value]]], 3]);
});

test('rows that would stay behind are an error, and nothing is erased by halves', async () => {
  const { contact } = await withFile('another-one-file');
  await app.query(
    'alter table ticket drop constraint ticket_contact_id_contact_id_fk, drop constraint ticket_conversation_id_conversation_id_fk',
  );
  await expect(eraseContact(store.db, bytesInFolder(`${app.dataDir}/files`), contact)).rejects.toThrow(/rows would stay behind: 1 ticket/);
  expect(await app.query('select 1 from contact where id = $1 and length(key) > 0', [contact])).toHaveLength(1);
});
