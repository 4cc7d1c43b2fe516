import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type EventCursor,
  type Fact,
  formatCursor,
  latestCursor,
  parseCursor,
  readEvents,
  recordFact,
} from '../../src/conversation/event.ts';
import { createLog } from '../../src/log.ts';
import { openStore, type Store } from '../../src/store/connection.ts';
import { newRecord } from '../setup/app.ts';
import { until } from '../setup/until.ts';

let store: Store;
beforeAll(async () => {
  store = openStore(await newRecord(), createLog('silent'), 4);
});
afterAll(() => store.close());

const fact = (kind: Fact['kind']) => store.db.transaction((tx) => recordFact(tx, { kind }));

/** A fact in a transaction that does not end before it is told to. */
async function slowFact(kind: Fact['kind']): Promise<{ commit(): Promise<void> }> {
  const [written, end] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const running = store.db.transaction(async (tx) => {
    await recordFact(tx, { kind });
    written.resolve();
    await end.promise;
  });
  await written.promise;
  return {
    async commit() {
      end.resolve();
      await running;
    },
  };
}

/** What is told after a cursor, when it is; what runs elsewhere on this server and ends at that very moment may be waited for. */
const toldAfter = (cursor: EventCursor | undefined) =>
  until(async () => {
    const events = await readEvents(store.db, cursor ?? { xid: '0', id: 0 });
    return events.length > 0 && events.map(({ kind }) => kind);
  });

test('a reader passes over nothing that commits late, and is told it once and in order', async () => {
  let cursor = parseCursor(await latestCursor(store.db));
  const read = async () => {
    if (!cursor) throw new Error('no cursor');
    const events = await readEvents(store.db, cursor);
    const last = events.at(-1);
    if (last) cursor = parseCursor(formatCursor(last));
    return events.map(({ kind }) => kind);
  };
  const hear = async (count: number) => {
    const heard: string[] = [];
    await until(async () => heard.push(...(await read())) >= count);
    return heard;
  };
  await fact('export');
  expect(await hear(1)).toEqual(['export']);
  const late = await slowFact('sign-in');
  await fact('sign-out');
  expect(await read()).toEqual([]);
  await late.commit();
  expect(await hear(2)).toEqual(['sign-in', 'sign-out']);
  expect(await read()).toEqual([]);
});

test('whoever begins to read while something is being written reads it', async () => {
  const late = await slowFact('sign-in');
  const cursor = parseCursor(await latestCursor(store.db));
  await late.commit();
  expect(await toldAfter(cursor)).toEqual(['sign-in']);
});

test('what another database of the same server has open holds nobody up', async () => {
  const other = openStore(await newRecord(), createLog('silent'), 1);
  await other.db.transaction(async (tx) => {
    await recordFact(tx, { kind: 'export' });
    const cursor = parseCursor(await latestCursor(store.db));
    await fact('sign-out');
    expect(await toldAfter(cursor)).toEqual(['sign-out']);
  });
  await other.close();
});

test('what is no cursor is none', () => {
  for (const text of ['', '1', 'a:b', '1:2:3', `${'9'.repeat(30)}:1`]) expect(parseCursor(text)).toBeUndefined();
});
