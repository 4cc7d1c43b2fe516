import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { createApart } from '../../src/delivery/apart.ts';
import { doubtLeftBehind, processName, showLife } from '../../src/delivery/deaths.ts';
import type { OnTurn } from '../../src/delivery/turn.ts';
import { createTurns } from '../../src/delivery/turns.ts';
import { createLog } from '../../src/log.ts';
import { until } from '../setup/until.ts';
import { echo, openPipes } from './pipes.ts';

const log = createLog('silent');
let pipes: Awaited<ReturnType<typeof openPipes>>;
afterEach(() => pipes.close());

/** Whoever takes turns under this name; `onTurn` sees which were killed. */
const taker = (holder: string, onTurn: OnTurn = echo) => {
  const { db, queues } = pipes;
  const quiet = { afterLastMs: () => 0, atMostMs: 0 };
  return createTurns({ db, queues, log, quiet, onTurn, apart: createApart({ db, holder, log }) });
};
/** A process that was seen last so many seconds ago. */
const seen = (holder: string, secondsAgo: number) =>
  pipes.query(
    "insert into lease values ($1, $2, now() - $3 * interval '1 second' + interval '8 seconds') on conflict (name) do update set until = excluded.until",
    [processName(holder), holder, secondsAgo],
  );
/** A process that goes on to be seen, however long this one stands still. */
const lives = (holder: string) => seen(holder, -60);
const waits = async (address: string, secondsAgo: number) => {
  await pipes.hear(address, 'hello');
  const { id } = await pipes.conversation(address);
  await pipes.query("update conversation set waiting_since = waiting_since - $1 * interval '1 second' where id = $2", [secondsAgo, id]);
  return id;
};
const doubted = async () =>
  (
    await pipes.query<{ value: string }>(
      'select a.value from conversation c join address a on a.id = c.address_id where doubted order by 1',
    )
  ).map(({ value }) => value);
const never = () => new Promise<never>(() => {});

test('what waits is doubted where a process died meanwhile, and only then', async () => {
  pipes = await openPipes({ idle: true });
  await waits('before', 60);
  await waits('after', 2);
  await lives('alive');
  expect(await doubtLeftBehind(pipes.db)).toBe(0);
  await seen('dead', 30);
  expect(await doubtLeftBehind(pipes.db)).toBe(1);
  expect(await doubtLeftBehind(pipes.db)).toBe(0);
  expect(await doubted()).toEqual(['before']);
});

test('a process is known by its name while it lives, and ends in order without a trace', async () => {
  pipes = await openPipes({ idle: true });
  const end = showLife(pipes.db, 'mine', log);
  const names = () => pipes.query("select 1 from lease where name = 'process mine'");
  await until(async () => (await names()).length === 1);
  await end();
  expect(await names()).toEqual([]);
});

test('doubted turns are taken one at a time, the others beside them, and none is doubted any more when it is settled', async () => {
  pipes = await openPipes({ idle: true });
  const ids: number[] = [];
  for (const n of [1, 2, 3, 4]) ids.push(await waits(`doubted ${n}`, 30));
  await pipes.query('update conversation set doubted = true');
  const usual = await waits('usual', 30);
  let [now, most] = [0, 0];
  const look = taker('mine', async (turn) => {
    if (turn.conversation.doubted) most = Math.max(most, ++now);
    await new Promise((resolve) => setTimeout(resolve, 20));
    if (turn.conversation.doubted) now--;
    expect(turn.killed ?? false).toBe(false);
    return echo(turn);
  });
  await Promise.all([...ids, usual].map((id) => look(String(id))));
  expect(most).toBe(1);
  expect(await doubted()).toEqual([]);
  expect(await pipes.query("select 1 from message where author = 'bot'")).toHaveLength(5);
});

test('a doubted turn that its process died over is given on as killed; one that another has in hand is left to it', async () => {
  pipes = await openPipes({ idle: true });
  const id = await waits('guilty', 30);
  await pipes.query('update conversation set doubted = true');
  await lives('first');
  void taker('first', never)(String(id));
  await until(async () => (await pipes.query("select 1 from conversation where apart_by = 'first'")).length === 1);
  expect(await taker('second')(String(id))).toEqual({ againMs: 1_000 });
  await seen('first', 9);
  let killed: boolean | undefined;
  await taker('second', (turn) => {
    killed = turn.killed;
    return echo(turn);
  })(String(id));
  expect(killed).toBe(true);
  expect((await pipes.query('select doubted, apart_by from conversation'))[0]).toEqual({ doubted: false, apart_by: null });
});

test('who ended in order, or failed and lives, has killed nothing', async () => {
  pipes = await openPipes({ idle: true });
  const id = await waits('innocent', 30);
  await pipes.query("update conversation set doubted = true, apart_by = 'gone in order'");
  const fails = taker('first', async () => {
    throw new Error('the database is away');
  });
  await expect(fails(String(id))).rejects.toThrow('away');
  await seen('first', 9);
  let killed: boolean | undefined;
  await taker('second', (turn) => {
    killed = turn.killed;
    return echo(turn);
  })(String(id));
  expect(killed).toBe(false);
});

test('a look that the queue found without a sign of life is doubted too', async () => {
  pipes = await openPipes({ idle: true });
  const id = await waits('stalled', 0);
  const holder = randomUUID();
  void taker(holder, never)(String(id), true);
  await until(async () => (await pipes.query('select 1 from conversation where doubted and apart_by = $1', [holder])).length === 1);
});
