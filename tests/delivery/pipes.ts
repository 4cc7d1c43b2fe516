import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { type Capabilities, type Channel, plainCapabilities, type Receipt } from '../../src/conversation/channel.ts';
import type { InboundMessage, Reply } from '../../src/conversation/message.ts';
import { createAtOnce } from '../../src/delivery/at-once.ts';
import { createInbox, type Receive } from '../../src/delivery/inbox.ts';
import { createLookHere } from '../../src/delivery/look-here.ts';
import { createOutbox } from '../../src/delivery/outbox.ts';
import { openQueues, type Queues } from '../../src/delivery/queues.ts';
import type { OnTurn } from '../../src/delivery/turn.ts';
import { createTurns } from '../../src/delivery/turns.ts';
import { createLog } from '../../src/log.ts';
import { createVault } from '../../src/privacy/vault.ts';
import { type Db, openStore } from '../../src/store/connection.ts';
import { newRecord } from '../setup/app.ts';
import { newRedisDatabase } from '../setup/redis.ts';

/** What a double of a channel was given to send. */
export interface Sent {
  address: string;
  reply: Reply;
  id: string;
  attempt: number;
}

/** The pipes of delivery on real servers, with a double of the dialogue and of a channel. */
export interface Pipes {
  url: string;
  db: Db;
  queues: Queues;
  receive: Receive;
  sent: Sent[];
  /** Receives a text from an address. */
  hear(address: string, text: string, more?: Partial<InboundMessage>): Promise<Receipt>;
  query<T extends object>(text: string, values?: unknown[]): Promise<T[]>;
  /** The newest conversation of an address. */
  conversation(address: string): Promise<{
    id: number;
    owner: string;
    version: number;
    heard_seq: number;
    handled_seq: number;
    waiting_since: Date | null;
    state: object;
  }>;
  close(): Promise<void>;
}

/** Says each turn's texts back, joined by a bar. */
export const echo: OnTurn = async ({ messages, conversation }) => ({
  handledSeq: messages.at(-1)?.seq ?? 0,
  reply: { reply: { type: 'text', text: messages.map(({ text }) => text).join('|') }, fence: 'turn' },
  state: conversation.state,
  language: 'en',
  decision: 'reply',
});

/** Opens the pipes in a new database, on the project's backend. `idle`: nobody works, so that a test can look by itself. */
export async function openPipes(
  parts: {
    onTurn?: OnTurn;
    send?: (sent: Sent) => Promise<void>;
    capabilities?: Partial<Capabilities>;
    quietMs?: number;
    idle?: boolean;
    /** Turns and deliveries as in two processes: what is said is sent by a job. */
    apart?: boolean;
  } = {},
): Promise<Pipes & { look: { turn(id: number): Promise<unknown>; deliver(id: number): Promise<unknown> } }> {
  const { onTurn = echo, send, quietMs = 0, idle = false, apart = idle } = parts;
  const log = createLog(process.env.TEST_LOG ?? 'silent');
  const store = openStore(await newRecord(), log, 12);
  const { db } = store;
  const redis = inject('redisUrl') as string | undefined;
  const queues = await openQueues({ databaseUrl: store.url, redisUrl: redis && (await newRedisDatabase(redis)), log });
  const sent: Sent[] = [];
  const channel: Channel = {
    name: 'double',
    label: 'Double',
    capabilities: { ...plainCapabilities, ...parts.capabilities },
    start: async () => {},
    stop: async () => {},
    async send(address, reply, { id, attempt }) {
      const one = { address, reply, id, attempt };
      await send?.(one);
      sent.push(one);
      return { externalId: `out-${id}` };
    },
  };
  const lookHere = createLookHere({ wake: (...wakeUp) => queues.wake(...wakeUp), log });
  const vault = createVault(randomBytes(32).toString('hex'));
  const receive = createInbox({ db, queues, log, vault, quiet: () => quietMs, lookHere });
  const deliver = createOutbox({ db, channel, log });
  const atOnce = createAtOnce({ senders: new Map(apart ? [] : [[channel.name, deliver]]), wake: queues.wake, log });
  const turn = createTurns({ db, queues, onTurn, log, atOnce, quiet: { afterLastMs: () => quietMs, atMostMs: 4_000 } });
  if (!idle) queues.work('turns', turn);
  if (!apart) lookHere.by(turn);
  if (!idle) queues.work('deliveries-double', (key) => deliver(key));
  const pool = new pg.Pool({ connectionString: store.url, max: 2 });
  const query: Pipes['query'] = async (text, values) => (await pool.query(text, values)).rows;
  return {
    url: store.url,
    db,
    queues,
    receive,
    sent,
    query,
    look: { turn: (id) => turn(String(id)), deliver: (id) => deliver(String(id)) },
    hear: (address, text, more) =>
      receive('double', { event: 'message', address, message: { type: 'message', id: randomUUID(), text, ...more } }),
    async conversation(address) {
      const [row] = await query<{ id: string }>(
        'select c.* from conversation c join address a on a.id = c.address_id where a.value = $1 order by c.id desc limit 1',
        [address],
      );
      if (!row) throw new Error(`no conversation of ${address}`);
      return { ...(row as unknown as Awaited<ReturnType<Pipes['conversation']>>), id: Number(row.id) };
    },
    async close() {
      await lookHere.close();
      await queues.close();
      await atOnce.settled();
      await pool.end();
      await store.close();
    },
  };
}
