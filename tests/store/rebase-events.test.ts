import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseCursor, readEvents } from '../../src/conversation/event.ts';
import { createWebhooks } from '../../src/delivery/webhooks/webhooks.ts';
import { createLog } from '../../src/log.ts';
import { openStore, type Store } from '../../src/store/connection.ts';
import { migrate } from '../../src/store/migrate.ts';
import { newRecord, testSecret } from '../setup/app.ts';
import { until } from '../setup/until.ts';

let store: Store;
beforeAll(async () => {
  store = openStore(await newRecord(), createLog('silent'), 4);
});
afterAll(() => store.close());

const query = async (text: string, values: unknown[] = []) => (await store.pool.query(text, values)).rows;
const happen = (kind: string) => query('insert into event (kind) values ($1)', [kind]);
const positions = async () => (await query('select position from webhook order by id')).map(({ position }) => position as string);
const unread = async (position: string) =>
  (await readEvents(store.db, parseCursor(position) ?? { xid: '0', id: 0 })).map(({ kind }) => kind);

test('a record from a server that had done far more: readers go on where they were, and hear of what is new', async () => {
  const hooks = createWebhooks({ db: store.db, secret: testSecret, allowPrivate: true });
  const [agent] = await query(`insert into agent (email, name) values ('a@demobet.example', 'A') returning id`);
  for (const n of [1, 2]) await hooks.add(Number(agent.id), { url: `https://hook${n}.example/`, kinds: [] });
  await query('delete from event');
  const far = 9_000_000_000;
  for (const [n, kind] of ['first', 'second', 'third'].entries())
    await query('insert into event (kind, xid) values ($1, $2::text::xid8)', [kind, far + n]);
  const [second] = await query(`select id from event where kind = 'second'`);
  const [one, two] = await query('select id from webhook order by id');
  await query('update webhook set position = $1 where id = $2', [`${far + 1}:${second.id}`, one.id]);
  await query('update webhook set position = $1 where id = $2', [`${far + 2}:${Number.MAX_SAFE_INTEGER}`, two.id]);
  await happen('new');
  expect(await unread((await positions())[0] as string)).toEqual([]);

  await migrate(store);
  await happen('newer');

  const [there, everything] = await positions();
  // Whatever else runs on this server is waited for.
  const read = (position: string) =>
    until(async () => {
      const kinds = await unread(position);
      return kinds.includes('newer') && kinds;
    });
  expect(await read(there as string)).toEqual(['third', 'new', 'newer']);
  expect(await read(everything as string)).not.toContain('third');
});

test('where the numbers are the server’s own nothing is touched', async () => {
  await happen('own');
  const before = await query('select id, xid::text from event order by id');
  const were = await positions();
  await migrate(store);
  expect(await query('select id, xid::text from event order by id')).toEqual(before);
  expect(await positions()).toEqual(were);
});
