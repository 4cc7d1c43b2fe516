import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { createLookHere } from '../../src/delivery/look-here.ts';
import type { Look } from '../../src/delivery/queues.ts';
import { createLog } from '../../src/log.ts';
import { until } from '../setup/until.ts';
import { echo, openPipes } from './pipes.ts';

let pipes: Awaited<ReturnType<typeof openPipes>> | undefined;
afterEach(async () => {
  vi.useRealTimers();
  await pipes?.close();
  pipes = undefined;
});

/** Looks here by `look`, with what was handed to the queue. */
function here(look: Look, limits?: Parameters<typeof createLookHere>[0]['limits']) {
  const queued: unknown[] = [];
  const lookHere = createLookHere({ log: createLog('silent'), limits, wake: async (...wakeUp) => void queued.push(wakeUp) });
  lookHere.by(look);
  return { ...lookHere, queued };
}

/** A look that ends when told to. */
function held() {
  const looked: string[] = [];
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  const look: Look = async (key) => {
    looked.push(key);
    await released;
    return undefined;
  };
  return { look, looked, release: () => release() };
}

test('what is heard here is answered from here, in order and once, and the queue has nothing to do', async () => {
  pipes = await openPipes({ quietMs: 3_000 });
  const { wake } = pipes.queues;
  const woken: string[] = [];
  pipes.queues.wake = (queue, ...more) => {
    woken.push(queue);
    return wake(queue, ...more);
  };
  await pipes.hear('visitor', 'one');
  await pipes.hear('visitor', 'two');
  await until(() => pipes?.sent[0]);
  await pipes.hear('visitor', 'three');
  await until(() => pipes?.sent[1]);
  await pause(300);
  expect(pipes.sent.map(({ reply }) => reply.text)).toEqual(['one|two', 'three']);
  expect(woken).toEqual([]);
});

test('a message that comes while its conversation is decided on is answered after it', async () => {
  const decided: string[] = [];
  pipes = await openPipes({
    onTurn: async (turn) => {
      decided.push(turn.messages.map(({ text }) => text).join('|'));
      if (decided.length === 1) await pipes?.hear('visitor', 'two');
      return echo(turn);
    },
  });
  await pipes.hear('visitor', 'one');
  await until(async () => {
    const talk = await pipes?.conversation('visitor');
    return talk?.handled_seq === talk?.heard_seq && pipes?.sent.map(({ reply }) => reply.text).join('|') === 'one|two';
  });
});

test('a look that breaks off is the queue’s, and the contact is answered', async () => {
  let fails = 1;
  pipes = await openPipes({
    onTurn: async (turn) => {
      if (fails-- > 0) throw new Error('a bug');
      return echo(turn);
    },
  });
  await pipes.hear('visitor', 'hello');
  await until(() => pipes?.sent[0]);
  expect(pipes.sent).toHaveLength(1);
});

test('a look that asks for more time is made again, and another message meanwhile costs no look of its own', async () => {
  vi.useFakeTimers();
  let looks = 0;
  const { wake, queued } = here(async () => (++looks === 1 ? { againMs: 200 } : undefined));
  await wake('1', 0);
  await vi.advanceTimersByTimeAsync(20);
  await wake('1', 100);
  await vi.advanceTimersByTimeAsync(175);
  expect(looks).toBe(1);
  await vi.advanceTimersByTimeAsync(10);
  expect(looks).toBe(2);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(looks).toBe(2);
  expect(queued).toEqual([]);
});

test('what needs no quiet time is looked at at once, though a look was due later, and once', async () => {
  vi.useFakeTimers();
  const looked: string[] = [];
  const { wake, queued } = here(async (key) => void looked.push(key));
  await wake('1', 100);
  await wake('1', 60_000);
  await wake('1', 0);
  await vi.advanceTimersByTimeAsync(1);
  expect(looked).toEqual(['1']);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(looked).toEqual(['1']);
  expect(queued).toEqual([]);
});

test('one process takes on so much at once, and the queue has the rest', async () => {
  const { look, looked, release } = held();
  const { wake, queued } = here(look, { underWay: 2, due: 1 });
  for (const key of ['1', '2', '3', '4']) {
    await wake(key, 0);
    await pause(20);
  }
  expect(looked).toEqual(['1', '2']);
  expect(queued).toEqual([['turns', '4']]);
  release();
  await until(() => looked[2]);
  expect(looked).toEqual(['1', '2', '3']);
});

test('of those that wait for their time only so many are kept here, the others with their delay in the queue', async () => {
  const { wake, queued, close } = here(async () => undefined, { waiting: 1 });
  await wake('1', 60_000);
  await wake('1', 60_000);
  await wake('2', 1_500);
  expect(queued).toEqual([['turns', '2', 1_500]]);
  await close();
});

test('a stop hands over what waits, and waits for what is under way', async () => {
  const { look, looked, release } = held();
  const { wake, queued, close } = here(look, { underWay: 1 });
  await wake('1', 0);
  await until(() => looked[0]);
  await wake('2', 0);
  await wake('3', 60_000);
  await pause(20);
  let closed = false;
  const closing = close().then(() => (closed = true));
  await pause(50);
  expect(closed).toBe(false);
  expect(queued).toEqual([
    ['turns', '3'],
    ['turns', '2'],
  ]);
  release();
  await closing;
  expect(looked).toEqual(['1']);
  await wake('4', 10);
  expect(queued.at(-1)).toEqual(['turns', '4', 10]);
});

test('a look that hangs holds up no stop', async () => {
  const { look, looked } = held();
  const { wake, close } = here(look);
  await wake('1', 0);
  await until(() => looked[0]);
  await close();
});

test('a process that takes no turns leaves them to those that do', async () => {
  pipes = await openPipes({ apart: true });
  await pipes.hear('visitor', 'hello');
  await until(() => pipes?.sent[0]);
  expect(pipes.sent.map(({ reply }) => reply.text)).toEqual(['hello']);
});
