import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { changeOwner } from '../../src/conversation/owner.ts';
import type { OnTurn } from '../../src/delivery/turn.ts';
import { until } from '../setup/until.ts';
import { echo, openPipes } from './pipes.ts';

let pipes: Awaited<ReturnType<typeof openPipes>>;
afterEach(() => pipes.close());
const texts = () => pipes.sent.map(({ reply }) => reply.text);

test('three short lines are one turn with one answer', async () => {
  pipes = await openPipes({ quietMs: 3_000 });
  const address = randomUUID();
  for (const line of ['hi', 'my withdrawal', 'is late']) await pipes.hear(address, line);
  await until(() => pipes.sent[0]);
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  expect(texts()).toEqual(['hi|my withdrawal|is late']);
});

test('a line after the quiet time is a turn of its own, answered after the first', async () => {
  pipes = await openPipes({ quietMs: 100 });
  const address = randomUUID();
  await pipes.hear(address, 'one');
  await until(() => pipes.sent[0]);
  await pipes.hear(address, 'two');
  await until(() => pipes.sent[1]);
  expect(texts()).toEqual(['one', 'two']);
});

test('words that were edited after their turn wait for more, as new ones do', async () => {
  pipes = await openPipes({ quietMs: 3_000 });
  const [address, id] = [randomUUID(), randomUUID()];
  await pipes.hear(address, 'one', { id });
  await pipes.query("update message set created_at = created_at - interval '1 hour'");
  await until(() => pipes.sent[0]);
  await pipes.receive('double', { event: 'edited', address, id, text: 'other words' });
  expect(await pipes.look.turn((await pipes.conversation(address)).id)).toEqual({ againMs: expect.any(Number) });
  await pipes.hear(address, 'and more');
  await until(() => pipes.sent[1]);
  expect(texts()).toEqual(['one', 'other words|and more']);
});

test('who never stops writing is answered after four seconds all the same', async () => {
  pipes = await openPipes({ quietMs: 3_000 });
  const address = randomUUID();
  const started = Date.now();
  const heard: Promise<unknown>[] = [];
  const writing = setInterval(() => heard.push(pipes.hear(address, '.')), 300);
  await until(() => pipes.sent[0]);
  clearInterval(writing);
  await Promise.all(heard);
  expect(Date.now() - started).toBeGreaterThan(3_500);
});

test('what needs no quiet time is looked at at once, though a look was due later', async () => {
  pipes = await openPipes();
  const { queues } = pipes;
  let looks = 0;
  queues.work('probe', async () => void looks++);
  await queues.wake('probe', 'key', 60_000);
  await queues.wake('probe', 'key', 60_000);
  await queues.wake('probe', 'key');
  await until(() => looks);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(looks).toBe(1);
});

test('a wake-up while a look runs is one more look afterwards, however many they are', async () => {
  pipes = await openPipes();
  const { queues } = pipes;
  let looks = 0;
  queues.work('probe', async () => {
    looks++;
    if (looks === 1) for (let n = 0; n < 5; n++) await queues.wake('probe', 'key');
  });
  await queues.wake('probe', 'key');
  await until(() => looks === 2);
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(looks).toBe(2);
});

test('a decision made while a person took over is thrown away, and the bot says nothing', async () => {
  let decided = 0;
  let opened = 0;
  const slow: OnTurn = async (turn) => {
    decided++;
    await pipes.db.transaction((tx) => changeOwner(tx, turn.conversation.id, 'agent'));
    return { ...(await echo(turn)), alongside: async () => void opened++ };
  };
  pipes = await openPipes({ onTurn: slow, idle: true });
  const address = randomUUID();
  await pipes.hear(address, 'hello');
  const { id } = await pipes.conversation(address);
  await pipes.look.turn(id);
  expect([decided, opened]).toEqual([1, 0]);
  expect(await pipes.query("select 1 from message where author = 'bot'")).toHaveLength(0);
  expect(await pipes.query("select 1 from event where kind = 'turn'")).toHaveLength(0);
});

test('what must become true with a turn is of its transaction: it sees what the turn has changed, and its failure takes all of it back', async () => {
  const seen: number[] = [];
  const withTicket: OnTurn = async (turn) => ({
    ...(await echo(turn)),
    async alongside(tx) {
      const { rows } = await tx.execute<{ version: number }>('select version from conversation');
      seen.push(rows[0]?.version ?? 0);
      if (seen.length === 1) throw new Error('no room for a ticket');
    },
  });
  pipes = await openPipes({ onTurn: withTicket, idle: true });
  await pipes.hear('visitor', 'hello');
  const { id } = await pipes.conversation('visitor');
  await expect(pipes.look.turn(id)).rejects.toThrow('no room');
  expect(await pipes.query("select 1 from message where author = 'bot'")).toHaveLength(0);
  expect(await pipes.conversation('visitor')).toMatchObject({ version: 1, waiting_since: expect.any(Date) });
  await pipes.look.turn(id);
  expect(await pipes.query("select 1 from message where author = 'bot'")).toHaveLength(1);
  expect(seen).toEqual([2, 2]);
});

test('where the version moved while deciding, the state is read again and decided anew', async () => {
  const seen: number[] = [];
  const raced: OnTurn = async (turn) => {
    seen.push(turn.conversation.version);
    if (seen.length === 1) await pipes.query('update conversation set version = version + 1');
    return echo(turn);
  };
  pipes = await openPipes({ onTurn: raced, idle: true });
  const address = randomUUID();
  await pipes.hear(address, 'hello');
  await pipes.look.turn((await pipes.conversation(address)).id);
  expect(seen).toEqual([1, 2]);
  expect(await pipes.query("select 1 from message where author = 'bot'")).toHaveLength(1);
});

test('a message that comes while deciding is not lost: it is the next turn', async () => {
  const interrupted: OnTurn = async (turn) => {
    if (turn.messages[0]?.text === 'first') await pipes.hear('visitor', 'second');
    return echo(turn);
  };
  pipes = await openPipes({ onTurn: interrupted, idle: true });
  await pipes.hear('visitor', 'first');
  const { id } = await pipes.conversation('visitor');
  await pipes.look.turn(id);
  const said = await pipes.query<{ text: string }>("select text from message where author = 'bot' order by id");
  expect(said.map(({ text }) => text)).toEqual(['first', 'second']);
  expect((await pipes.conversation('visitor')).waiting_since).toBeNull();
});

test('two looks at once decide one turn', async () => {
  pipes = await openPipes({ idle: true });
  await pipes.hear('visitor', 'hello');
  const { id } = await pipes.conversation('visitor');
  await Promise.all(Array.from({ length: 4 }, () => pipes.look.turn(id)));
  expect(await pipes.query("select 1 from message where author = 'bot'")).toHaveLength(1);
  expect((await pipes.conversation('visitor')).version).toBe(2);
});

test('a wake-up amid a look that wants to look again in an hour is looked at at once, and the later look stands once', async () => {
  pipes = await openPipes();
  const { queues } = pipes;
  let looks = 0;
  queues.work('probe', async (key) => {
    looks++;
    if (looks === 1) await queues.wake('probe', key);
    return { againMs: 3_600_000 };
  });
  await queues.wake('probe', 'key');
  await until(() => looks === 2);
  await queues.wake('probe', 'key');
  await until(() => looks === 3);
  await until(async () => (await queues.open('probe').getActiveCount()) === 0);
  expect(await queues.open('probe').getDelayedCount()).toBe(1);
});

test('a later look looks again by itself, and later again', async () => {
  pipes = await openPipes();
  const { queues } = pipes;
  let looks = 0;
  queues.work('probe', async () => {
    looks++;
    return { againMs: looks === 1 ? 5_000 : looks === 2 ? 200 : 3_600_000 };
  });
  await queues.wake('probe', 'key');
  await until(() => looks === 3);
  await until(async () => (await queues.open('probe').getActiveCount()) === 0);
  expect(await queues.open('probe').getDelayedCount()).toBe(1);
});
