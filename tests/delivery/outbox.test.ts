import { afterEach, describe, expect, test, vi } from 'vitest';
import { type Capabilities, RetryLater, Undeliverable } from '../../src/conversation/channel.ts';
import { changeOwner } from '../../src/conversation/owner.ts';
import type { OnTurn } from '../../src/delivery/turn.ts';
import { until } from '../setup/until.ts';
import { echo, openPipes, type Sent } from './pipes.ts';

let pipes: Awaited<ReturnType<typeof openPipes>>;
afterEach(() => pipes.close());

interface Row {
  id: string;
  seq: number | null;
  text: string;
  delivery: string;
  failure: string | null;
  attempts: number;
  receipt: { externalIds: string[] } | null;
}
const replies = () => pipes.query<Row>("select * from message where author <> 'contact' order by id");
const states = async () => (await replies()).map(({ delivery }) => delivery);
const texts = () => pipes.sent.map(({ reply }) => reply.text);

/** A conversation in which the bot has decided, and nothing has gone out yet. */
async function decided(
  parts: { onTurn?: OnTurn; send?: (sent: Sent) => Promise<void>; capabilities?: Partial<Capabilities> } = {},
): Promise<number> {
  pipes = await openPipes({ ...parts, idle: true });
  await pipes.hear('visitor', 'hello');
  const { id } = await pipes.conversation('visitor');
  await pipes.look.turn(id);
  return id;
}

/** An agent's reply, as handoff/reply stores it. */
const agentSays = (id: number, text: string) =>
  pipes.query(
    `insert into message (conversation_id, address_id, author, text, body, fence, delivery)
     select id, address_id, 'agent', $2, jsonb_build_object('type', 'text', 'text', $2::text), 'none', 'pending' from conversation where id = $1`,
    [id, text],
  );
const claim = (id: number) => pipes.db.transaction((tx) => changeOwner(tx, id, 'agent'));

describe('the fence', () => {
  test('an answer decided before a claim does not start to go out after it', async () => {
    const id = await decided();
    await claim(id);
    await pipes.look.deliver(id);
    expect(pipes.sent).toEqual([]);
    expect(await states()).toEqual(['withdrawn']);
  });

  test('holds where the reply was stored between the claim and its withdrawal', async () => {
    const id = await decided();
    await pipes.query("update conversation set owner = 'agent', version = version + 1");
    await pipes.look.deliver(id);
    expect(pipes.sent).toEqual([]);
    expect(await states()).toEqual(['withdrawn']);
  });

  test('the text of a handover goes out though the turn is gone', async () => {
    const handover: OnTurn = async (turn) => ({
      ...(await echo(turn)),
      owner: 'queue',
      reply: { reply: { type: 'text', text: 'a person comes' }, fence: 'none' },
    });
    const id = await decided({ onTurn: handover });
    await claim(id);
    await pipes.look.deliver(id);
    expect(texts()).toEqual(['a person comes']);
  });

  test('an answer that a claim met on its way is finished and stands before the agent', async () => {
    const sending = Promise.withResolvers<void>();
    const claimed = Promise.withResolvers<void>();
    const id = await decided({
      send: () => {
        sending.resolve();
        return claimed.promise;
      },
    });
    const looking = pipes.look.deliver(id);
    await sending.promise;
    await claim(id);
    expect(await states()).toEqual(['sending']);
    claimed.resolve();
    await looking;
    expect(await states()).toEqual(['sent']);
  });
});

describe('a channel that cannot take it now', () => {
  test('is asked again when it said so, and the reply goes out even though the ticket was resolved meanwhile', async () => {
    let refusals = 0;
    const id = await decided({
      send: async () => {
        if (refusals++ < 2) throw new RetryLater(300);
      },
    });
    await pipes.query("update message set delivery = 'withdrawn' where author = 'bot'");
    await claim(id);
    await agentSays(id, 'here is your answer');
    expect(await pipes.look.deliver(id)).toEqual({ againMs: 300 });
    await pipes.db.transaction((tx) => changeOwner(tx, id, 'bot'));
    expect(await pipes.look.deliver(id)).toMatchObject({ againMs: expect.any(Number) });
    expect(pipes.sent).toEqual([]);
    await until(async () => (await pipes.look.deliver(id)) === undefined);
    expect(texts()).toEqual(['here is your answer']);
  });

  test('keeps the order: what comes later waits behind it', async () => {
    let busy = true;
    const id = await decided({
      send: async () => {
        if (busy) throw new RetryLater(200);
      },
    });
    await agentSays(id, 'second');
    await pipes.look.deliver(id);
    busy = false;
    await until(async () => (await pipes.look.deliver(id)) === undefined);
    expect(texts()).toEqual(['hello', 'second']);
    expect((await replies()).map(({ seq }) => seq)).toEqual([expect.any(Number), expect.any(Number)]);
    const [first, second] = await replies();
    expect(first?.seq).toBeLessThan(second?.seq ?? 0);
  });

  test('through the queues, by itself: woken once, it goes out after the wait', async () => {
    let refusals = 0;
    pipes = await openPipes({
      send: async () => {
        if (refusals++ < 3) throw new RetryLater(200);
      },
    });
    await pipes.hear('visitor', 'hello');
    await until(() => pipes.sent[0]);
    expect(pipes.sent).toHaveLength(1);
  });
});

describe('a send that nobody answered in time, and is made again', () => {
  const unanswered = () => {
    let calls = 0;
    return async () => {
      if (calls++ === 0) throw new RetryLater(100, 'no answer', true);
    };
  };

  test('is marked uncertain where the channel shows a repeat twice', async () => {
    const id = await decided({ send: unanswered() });
    await until(async () => (await pipes.look.deliver(id)) === undefined);
    expect(await states()).toEqual(['uncertain']);
    expect((await replies())[0]?.receipt?.externalIds).toHaveLength(1);
  });

  test('is sent where the channel knows a repeat', async () => {
    const id = await decided({ send: unanswered(), capabilities: { idempotent: 'window' } });
    await until(async () => (await pipes.look.deliver(id)) === undefined);
    expect(await states()).toEqual(['sent']);
  });
});

describe('a send that was interrupted', () => {
  const long = 'word '.repeat(30).trim();
  const stopAfter = (parts: number) => {
    let left = parts;
    return async () => {
      if (left-- === 0) throw Object.assign(new Error('killed'), { killed: true });
    };
  };

  /** Leaves the message as a process leaves it that was killed while sending. */
  async function killed(capabilities: Partial<Capabilities>, parts: number): Promise<number> {
    const id = await decided({
      capabilities: { maxLength: 40, ...capabilities },
      send: stopAfter(parts),
      onTurn: async (turn) => ({ ...(await echo(turn)), reply: { reply: { type: 'text', text: long }, fence: 'turn' } }),
    });
    await pipes.look.deliver(id);
    await pipes.query(
      "update message set delivery = 'sending', due_at = null, lease_until = now() - interval '1 second' where author = 'bot'",
    );
    return id;
  }

  test('does not repeat the parts that had gone out', async () => {
    const id = await killed({}, 2);
    expect(pipes.sent).toHaveLength(2);
    await pipes.look.deliver(id);
    expect(texts().join(' ')).toBe(long);
    expect(new Set(pipes.sent.map((sent) => sent.id)).size).toBe(pipes.sent.length);
  });

  test('is marked uncertain where the channel shows a repeat twice', async () => {
    const id = await killed({ idempotent: 'none' }, 0);
    await pipes.look.deliver(id);
    expect(await states()).toEqual(['uncertain']);
  });

  test('is simply sent where the channel knows the id again', async () => {
    const id = await killed({ idempotent: 'key' }, 0);
    await pipes.look.deliver(id);
    expect(await states()).toEqual(['sent']);
  });

  test('is nobody else’s while its sender lives, and is picked up when it does not', async () => {
    const id = await killed({}, 0);
    await pipes.query("update message set lease_until = now() + interval '1 minute' where author = 'bot'");
    const look = (await pipes.look.deliver(id)) as { againMs: number };
    // Soon, not when the lease ends: what stands behind it may be left to this one.
    expect(look.againMs).toBe(1_000);
    expect(pipes.sent).toEqual([]);
  });
});

test('a send that takes longer than its lease stays with its sender, who renews it', async () => {
  const sent = Promise.withResolvers<void>();
  const id = await decided({ send: () => sent.promise });
  const looking = pipes.look.deliver(id);
  const lease = async () =>
    (await pipes.query<{ until: Date }>('select lease_until as until from message where delivery = $1', ['sending']))[0]?.until;
  const first = await until(lease);
  await until(async () => ((await lease())?.getTime() ?? 0) > first.getTime());
  sent.resolve();
  await looking;
  expect(await states()).toEqual(['sent']);
});

test('two looks at once send a reply once', async () => {
  const id = await decided({ send: () => new Promise((resolve) => setTimeout(resolve, 100)) });
  await Promise.all(Array.from({ length: 4 }, () => pipes.look.deliver(id)));
  expect(pipes.sent).toHaveLength(1);
});

test('what can never arrive fails with its reason, and what follows goes out', async () => {
  const id = await decided({
    send: async ({ reply }) => {
      if (reply.text === 'hello') throw new Undeliverable('blocked');
    },
  });
  await agentSays(id, 'second');
  await pipes.look.deliver(id);
  expect((await replies()).map(({ delivery, failure }) => [delivery, failure])).toEqual([
    ['failed', 'blocked'],
    ['sent', null],
  ]);
  const events = await pipes.query<{ data: object }>("select data from event where kind = 'delivery' order by id");
  expect(events[0]?.data).toMatchObject({ state: 'failed', code: 'blocked' });
});

test('what the bot remembers goes where nothing that it said has arrived, and stays where something has', async () => {
  const id = await decided({
    send: async ({ reply }) => {
      if (reply.text === 'hello') throw new Undeliverable('blocked');
    },
  });
  const remember = () => pipes.query(`update conversation set state = '{"introduced": true}'`);
  const remembered = async () => (await pipes.conversation('visitor')).state;
  await remember();
  await pipes.look.deliver(id);
  expect(await remembered()).toEqual({});
  for (const text of ['arrives', 'hello']) {
    await pipes.hear('visitor', text);
    await pipes.look.turn(id);
    await remember();
    await pipes.look.deliver(id);
  }
  expect(await states()).toEqual(['failed', 'sent', 'failed']);
  expect(await remembered()).toEqual({ introduced: true });
});

test('a bug of a channel is tried again later and later, and given up with the reason error after eight times', async () => {
  const id = await decided({ send: vi.fn().mockRejectedValue(new Error('bug')) });
  const waits: number[] = [];
  for (let n = 0; n < 8; n++) {
    const look = (await pipes.look.deliver(id)) as { againMs: number } | undefined;
    waits.push(look?.againMs ?? 0);
    await pipes.query('update message set due_at = null');
  }
  expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 0]);
  expect((await replies())[0]).toMatchObject({ delivery: 'failed', failure: 'error', attempts: 8 });
});
