import pg from 'pg';
import type { Log } from '../log.ts';
import type { Store } from './connection.ts';

/** A word to all processes at once, this one too. A courtesy: what is told while the connection is away is lost, so it is never the truth. */
export interface Broadcast {
  /** Tells everybody who hears `topic`; `value` as JSON, at most 7,000 bytes. Never fails. */
  tell(topic: string, value: object): void;
  /** Hears a topic; returns how to stop. */
  hear(topic: string, heard: (value: Record<string, unknown>) => void): () => void;
  close(): Promise<void>;
}

const channel = 'destek_broadcast';
const againMs = 2_000;

/** Opens it over LISTEN and NOTIFY of PostgreSQL; who hears something has one connection more, which is replaced when it breaks. */
export function openBroadcast({ url, pool }: Pick<Store, 'url' | 'pool'>, log: Log): Broadcast {
  const hearers = new Map<string, Set<(value: Record<string, unknown>) => void>>();
  let client: pg.Client | undefined;
  let again: NodeJS.Timeout | undefined;
  let closed = false;
  return {
    tell(topic, value) {
      void pool
        .query('select pg_notify($1, $2)', [channel, JSON.stringify({ topic, value })])
        .catch((error: Error) => log.debug({ topic, err: error.message }, 'not told to all'));
    },
    hear(topic, heard) {
      if (!client && !again) void connect();
      const set = hearers.get(topic) ?? new Set();
      hearers.set(topic, set.add(heard));
      return () => void set.delete(heard);
    },
    async close() {
      closed = true;
      clearTimeout(again);
      await client?.end().catch(() => undefined);
    },
  };

  async function connect(): Promise<void> {
    const mine = new pg.Client({ connectionString: url, keepAlive: true, application_name: 'destek-broadcast' });
    client = mine;
    mine.on('notification', ({ payload = '' }) => pass(payload));
    // Both come when a connection breaks; the second finds another client, or none.
    mine.on('error', () => lose(mine));
    mine.on('end', () => lose(mine));
    await mine
      .connect()
      .then(() => mine.query(`listen ${channel}`))
      .catch(() => lose(mine));
  }

  function lose(mine: pg.Client): void {
    if (client !== mine) return;
    client = undefined;
    void mine.end().catch(() => undefined);
    if (!closed) again = setTimeout(() => void connect(), againMs).unref();
  }

  function pass(payload: string): void {
    const { topic, value } = JSON.parse(payload) as { topic: string; value: Record<string, unknown> };
    for (const heard of hearers.get(topic) ?? []) heard(value);
  }
}
