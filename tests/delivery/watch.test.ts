import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordEvent } from '../../src/conversation/event.ts';
import { watchChanges } from '../../src/delivery/watch.ts';
import { createLog } from '../../src/log.ts';
import { until } from '../setup/until.ts';
import { openPipes } from './pipes.ts';

let pipes: Awaited<ReturnType<typeof openPipes>>;
beforeAll(async () => {
  pipes = await openPipes({ idle: true });
});
afterAll(() => pipes.close());

/** What a watcher of a channel is told. */
async function watching(channel = 'double') {
  const stop = new AbortController();
  const told: { address: string; kind: string; seq: number }[] = [];
  const ended = watchChanges({ db: pipes.db, log: createLog('silent') }, channel, stop.signal, ({ address, kind, position }) =>
    told.push({ address, kind, seq: position.seq }),
  );
  // What is said before its first look is not told.
  const begun = randomUUID();
  await until(async () => {
    await pipes.hear(begun, 'are you there?');
    return channel !== 'double' || told.some(({ address }) => address === begun);
  });
  return {
    told,
    of: (address: string) => told.filter((each) => each.address === address),
    stop: () => {
      stop.abort();
      return ended;
    },
  };
}

test('every change of the channel is told once, and of no other channel', async () => {
  const [mine, other] = [await watching(), await watching('another')];
  const address = randomUUID();
  const { seq } = await pipes.hear(address, 'hello');
  await until(() => mine.of(address).length > 0);
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(mine.of(address)).toEqual([{ address, kind: 'message', seq }]);
  expect(other.told).toEqual([]);
  await Promise.all([mine.stop(), other.stop()]);
});

test('a transaction that began long ago and commits late is told, and holds up nobody meanwhile', async () => {
  const [early, late] = [randomUUID(), randomUUID()];
  await pipes.hear(late, 'hello');
  const { id } = await pipes.conversation(late);
  const watch = await watching();
  const [written, told] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const open = pipes.db.transaction(async (tx) => {
    await recordEvent(tx, id, { kind: 'ticket' });
    written.resolve();
    await told.promise;
  });
  await written.promise;
  await pipes.hear(early, 'hello');
  await until(() => watch.of(early).length > 0);
  // Its message, from before, may be told again as long as somebody's transaction is older than it.
  const tickets = () => watch.of(late).filter(({ kind }) => kind === 'ticket');
  expect(tickets()).toEqual([]);
  told.resolve();
  await open;
  await until(() => tickets().length > 0);
  expect(tickets()).toHaveLength(1);
  expect(watch.of(early)).toHaveLength(1);
  await watch.stop();
});
