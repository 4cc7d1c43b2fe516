import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { recordFact } from '../../../src/conversation/event.ts';
import type { EventKind } from '../../../src/conversation/event-names.ts';
import { createWebhookReader } from '../../../src/delivery/webhooks/reader.ts';
import { createWebhooks } from '../../../src/delivery/webhooks/webhooks.ts';
import { createLog } from '../../../src/log.ts';
import { pause } from '../../../src/pause.ts';
import { openStore, type Store } from '../../../src/store/connection.ts';
import { newRecord } from '../../setup/app.ts';
import { isSigned, type Receiver, startReceiver } from '../../setup/receiver.ts';
import { until } from '../../setup/until.ts';

const log = createLog('silent');
const times = { patienceMs: 5_000, againMs: 20, mostMs: 100, giveUpMs: 86_400_000 };
const day = 86_400_000;
let store: Store;
let receiver: Receiver;
const ends: (() => Promise<void>)[] = [];

beforeAll(async () => {
  store = openStore(await newRecord(), log, 6);
});
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
  await store.pool.query('delete from webhook');
  await receiver.stop();
});
afterAll(() => store.close());

const webhooks = (allowPrivate = true) => createWebhooks({ db: store.db, secret: 'a secret key for tests, nothing else', allowPrivate });

/** A reader that looks again and again, as the clock has it do. */
function run(allowPrivate = true, given = times): () => Promise<void> {
  const stop = new AbortController();
  const reader = createWebhookReader({ db: store.db, webhooks: webhooks(), allowPrivate, log, stop: stop.signal, times: given });
  const looking = (async () => {
    while (!stop.signal.aborted) {
      await reader.look().catch(() => undefined);
      await pause(10, stop.signal);
    }
  })();
  const end = async () => {
    stop.abort();
    await looking;
    await reader.settled();
  };
  ends.push(end);
  return end;
}

const happen = async (kind: EventKind, ...numbers: number[]) => {
  for (const n of numbers) await recordFact(store.db, { kind, data: { count: n } });
};
const numbers = () => receiver.got.map(({ data }) => data['count']);
const state = async () => (await store.pool.query('select * from webhook')).rows[0];

test('events of its kinds are told in order, signed, with ids and codes and no text', async () => {
  const { secret } = await webhooks().add(1, { url: receiver.url, kinds: ['ticket', 'agent'] });
  run();
  await happen('ticket', 1, 2);
  await happen('turn', 3);
  await recordFact(store.db, {
    kind: 'agent',
    data: { count: 4, act: 'changed', what: 'Ali says: hello there', changed: ['role', 'a b'] },
    agentId: 7,
  });
  await until(() => receiver.got.length === 3);
  expect(numbers()).toEqual([1, 2, 4]);
  expect(receiver.got.every((each) => isSigned(each, secret))).toBe(true);
  const last = receiver.got[2];
  expect(last).toMatchObject({ type: 'agent', data: { count: 4, act: 'changed', changed: ['role'], byAgentId: 7 } });
  expect(last?.body).not.toMatch(/hello there/);
  expect(last?.headers['webhook-id']).toBe(last?.id);
});

test.each(['fail', 'hang', 'die', 'redirect'] as const)(
  'a receiver that would %s is asked again with the same id, in order, until it takes it',
  async (manner) => {
    receiver.manner = manner;
    await webhooks().add(1, { url: receiver.url, kinds: ['ticket'] });
    run(true, manner === 'hang' ? { ...times, patienceMs: 300 } : times);
    await happen('ticket', 1, 2, 3);
    await until(() => receiver.got.length >= 2);
    await until(async () => (await state()).failures > 0);
    expect(new Set(numbers())).toEqual(new Set([1]));
    expect((await state()).last_result).toBe({ fail: '500', hang: 'timeout', die: 'reset', redirect: '302' }[manner]);
    receiver.manner = 'ok';
    await until(() => numbers().includes(3));
    // One that answers too late is asked again.
    expect([...new Set(numbers())]).toEqual([1, 2, 3]);
    expect(new Set(receiver.got.filter(({ data }) => data['count'] === 1).map(({ id }) => id)).size).toBe(1);
    await until(async () => (await state()).failures === 0);
  },
);

test('what happened while nobody listened is told when the receiver is back, and by another reader after the first was stopped', async () => {
  const { url } = receiver;
  await webhooks().add(1, { url, kinds: ['ticket'] });
  const end = run();
  await receiver.stop();
  await happen('ticket', 1);
  await until(async () => (await state()).last_result === 'refused');
  await end();
  await happen('ticket', 2);
  receiver = await startReceiver();
  await store.pool.query('update webhook set url = $1, due_at = null', [receiver.url]);
  run();
  await until(() => numbers().includes(2));
  expect(numbers()).toEqual([1, 2]);
});

test('one that hangs holds up nobody else', async () => {
  const other = await startReceiver();
  ends.push(other.stop);
  receiver.manner = 'hang';
  await webhooks().add(1, { url: receiver.url, kinds: ['ticket'] });
  await webhooks().add(1, { url: other.url, kinds: ['ticket'] });
  run(true, { ...times, patienceMs: 60_000 });
  await happen('ticket', 1, 2, 3);
  await until(() => other.got.length === 3 && receiver.got.length > 0);
  expect(receiver.got).toHaveLength(1);
});

test('after a day of failures it is off with its reason, and turned on again it goes on where it stopped', async () => {
  receiver.manner = 'fail';
  const { id } = await webhooks().add(1, { url: receiver.url, kinds: ['ticket'] });
  run();
  await happen('ticket', 1);
  await until(async () => (await state()).failures > 0);
  await store.pool.query(`update webhook set failing_since = now() - interval '${day / 1000} seconds', due_at = null`);
  await until(async () => (await state()).disabled_at);
  expect(await state()).toMatchObject({ disabled_why: 'failing', last_result: '500' });
  const { rows } = await store.pool.query(`select data from event where kind = 'webhook' order by id desc limit 1`);
  expect(rows[0].data).toMatchObject({ act: 'disabled', webhookId: id, why: 'failing' });
  await happen('ticket', 2);
  receiver.manner = 'ok';
  receiver.got.length = 0;
  await webhooks().turn(1, id, true);
  await until(() => receiver.got.length === 2);
  expect(numbers()).toEqual([1, 2]);
});

test('a receiver that is gone for good is not asked again', async () => {
  receiver.manner = 'gone';
  await webhooks().add(1, { url: receiver.url, kinds: ['ticket'] });
  run();
  await happen('ticket', 1, 2);
  await until(async () => (await state()).disabled_why === 'gone');
  expect(receiver.got).toHaveLength(1);
});

test('who is told while the next look reads where everybody stands is not told the same by that one', async () => {
  await webhooks().add(1, { url: receiver.url, kinds: ['ticket'] });
  await happen('ticket', 1);
  const { signal } = new AbortController();
  const reader = createWebhookReader({ db: store.db, webhooks: webhooks(), allowPrivate: true, log, stop: signal, times });
  await reader.look();
  const [read, told] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const query = store.pool.query.bind(store.pool) as (asked: { text: string }, values: unknown[]) => Promise<unknown>;
  const held = vi.spyOn(store.pool, 'query').mockImplementation((async (asked: { text: string }, values: unknown[]) => {
    const standing = asked.text.includes('from "webhook"');
    if (!standing) await read.promise;
    const answer = await query(asked, values);
    if (standing) {
      read.resolve();
      await told.promise;
    }
    return answer;
  }) as never);
  const next = reader.look();
  await reader.settled();
  told.resolve();
  await next;
  await reader.settled();
  held.mockRestore();
  expect(numbers()).toEqual([1]);
});

test('a private address is refused where it is used too, by number and by name', async () => {
  const port = new URL(receiver.url).port;
  for (const url of [receiver.url, `http://localhost:${port}/hook`]) {
    await store.pool.query('delete from webhook');
    await webhooks().add(1, { url, kinds: ['ticket'] });
    const end = run(false);
    await happen('ticket', 1);
    await until(async () => (await state()).last_result === 'private');
    await end();
  }
  expect(receiver.got).toEqual([]);
  await expect(webhooks(false).add(1, { url: receiver.url, kinds: ['ticket'] })).rejects.toThrow(/WEBHOOK_PRIVATE/);
});

test('the secret is sealed in the record and changes with a new one', async () => {
  const { id, secret } = await webhooks().add(1, { url: receiver.url, kinds: ['ticket'] });
  expect((await state()).secret.toString('latin1')).not.toContain(secret.slice(6));
  const next = await webhooks().newSecret(1, id);
  run();
  await happen('ticket', 1);
  await until(() => receiver.got.length === 1);
  expect(receiver.got.map((each) => [isSigned(each, secret), isSigned(each, next)])).toEqual([[false, true]]);
});
