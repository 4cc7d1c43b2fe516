import { afterEach, expect, test } from 'vitest';
import { RetryLater } from '../../src/conversation/channel.ts';
import { createAtOnce } from '../../src/delivery/at-once.ts';
import type { Send } from '../../src/delivery/outbox.ts';
import type { Owed } from '../../src/delivery/sending.ts';
import { createLog } from '../../src/log.ts';
import { until } from '../setup/until.ts';
import { openPipes } from './pipes.ts';

const log = createLog('silent');
const owed = { id: 1 } as Owed;
let pipes: Awaited<ReturnType<typeof openPipes>> | undefined;
afterEach(async () => {
  await pipes?.close();
  pipes = undefined;
});

const allSent = () => until(async () => (await states())?.every(({ delivery }) => delivery === 'sent'));
const states = () => pipes?.query<{ delivery: string; seq: number }>("select delivery, seq from message where author = 'bot' order by id");

test('what is decided here goes out from here, in order, without a job', async () => {
  pipes = await openPipes({ capabilities: { maxLength: 6 } });
  const { wake } = pipes.queues;
  const woken: string[] = [];
  pipes.queues.wake = (queue, ...more) => {
    woken.push(queue);
    return wake(queue, ...more);
  };
  await pipes.hear('visitor', 'one two three');
  await until(() => pipes?.sent[2]);
  // What is decided before the end of that is written down waits behind it.
  await allSent();
  await pipes.hear('visitor', 'four');
  await until(() => pipes?.sent[3]);
  expect(pipes.sent.map(({ reply }) => reply.text)).toEqual(['one', 'two', 'three', 'four']);
  await allSent();
  const seqs = (await states())?.map(({ seq }) => seq) ?? [];
  expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
  expect(woken).toEqual([]);
});

test('what is decided while an earlier reply waits for its time goes out after it, and nobody is asked sooner', async () => {
  const asked: number[] = [];
  pipes = await openPipes({
    send: async () => {
      if (asked.push(Date.now()) === 1) throw new RetryLater(1_000);
    },
  });
  await pipes.hear('visitor', 'one');
  await until(async () => (await states())?.some(({ delivery }) => delivery === 'pending'));
  await pipes.hear('visitor', 'two');
  await until(() => pipes?.sent[1]);
  expect(pipes.sent.map(({ reply }) => reply.text)).toEqual(['one', 'two']);
  expect((asked[1] as number) - (asked[0] as number)).toBeGreaterThanOrEqual(1_000);
});

test('a send that breaks off leaves the reply owed, and the queue looks again', async () => {
  let fails = 1;
  pipes = await openPipes({
    send: async () => {
      if (fails-- > 0) throw new Error('the network');
    },
  });
  await pipes.hear('visitor', 'hello');
  await until(() => pipes?.sent[0]);
  expect(pipes.sent[0]?.attempt).toBe(2);
});

test('a channel that is slow fills its places, and the rest is left to the queue; others are not touched', async () => {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  const slow: Send = async () => {
    await held;
    return undefined;
  };
  const quick: Send = async () => undefined;
  const atOnce = createAtOnce({
    senders: new Map([
      ['slow', slow],
      ['quick', quick],
    ]),
    wake: async () => {},
    log,
    most: 2,
  });
  atOnce.send('slow', '1', owed);
  expect(atOnce.takes('slow')).toBe(true);
  atOnce.send('slow', '2', owed);
  expect(atOnce.takes('slow')).toBe(false);
  expect(atOnce.takes('quick')).toBe(true);
  expect(atOnce.takes('elsewhere')).toBe(false);
  release();
  await atOnce.settled();
  expect(atOnce.takes('slow')).toBe(true);
});

test('a reply that may go later is handed to the queue with its time', async () => {
  const woken: unknown[] = [];
  const atOnce = createAtOnce({
    senders: new Map<string, Send>([['double', async () => ({ againMs: 1_500 })]]),
    wake: async (...wakeUp) => void woken.push(wakeUp),
    log,
  });
  atOnce.send('double', '7', owed);
  await atOnce.settled();
  expect(woken).toEqual([['deliveries-double', '7', 1_500]]);
});
