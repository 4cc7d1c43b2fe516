import type { SessionInfo } from '@discordjs/ws';
import type { Host } from '../../conversation/channel.ts';

/** The gateway's session, by shard, as far as it may be resumed: up to the last event before the first that is not durable yet. */
export interface Sessions {
  load(): Promise<void>;
  /** What to resume with; it is also what heartbeats confirm. Never answers again once `close` was called: discord.js would reconnect after all. */
  retrieve(shard: number): Promise<SessionInfo | null>;
  /** discord.js saw an event, or (null) the session is over. */
  update(shard: number, info: SessionInfo | null): void;
  /** An event is under way; call what is returned when its effects are durable, or where it has none. */
  begin(shard: number, sequence: number): () => void;
  /** Events under way. */
  underWay(): number;
  flush(): Promise<void>;
  close(): void;
}

interface Shard {
  info: SessionInfo | null;
  /** Number of the event that began the session. */
  first: number;
  /** Highest number seen. */
  seen: number;
  open: Set<number>;
  kept: string;
}

/** Sessions in the host's cursors (`session:<bot>:<shard>`), so that another process or the next start resumes where this one ended. */
export function createSessions({ cursor }: Pick<Host, 'cursor'>, bot: string): Sessions {
  const shards = new Map<number, Shard>();
  let closed = false;
  const of = (shard: number): Shard => {
    const known = shards.get(shard) ?? { info: null, first: -1, seen: 0, open: new Set(), kept: 'null' };
    shards.set(shard, known);
    return known;
  };
  // While the first event is under way, what was missed before the session is still being fetched: whoever resumed it would never fetch it.
  const durable = ({ info, first, seen, open }: Shard): SessionInfo | null =>
    info && !open.has(first) ? { ...info, sequence: open.size > 0 ? Math.min(...open) - 1 : seen } : null;

  return {
    async load() {
      for (const [shard, info] of await cursor.list<SessionInfo | false>(`session:${bot}:`)) {
        if (info) shards.set(Number(shard), { info, first: -1, seen: info.sequence, open: new Set(), kept: JSON.stringify(info) });
      }
    },
    retrieve: (shard) => (closed ? new Promise(() => {}) : Promise.resolve(durable(of(shard)))),
    update(shard, info) {
      // Ending the connection ourselves does not end the session.
      if (closed) return;
      const state = of(shard);
      if (info?.sessionId !== state.info?.sessionId) {
        // A new set: what is still under way of the older session must not end events of this one that have the same numbers.
        state.open = new Set();
        state.first = info?.sequence ?? -1;
        state.seen = state.first;
      }
      if (info) state.open.add(info.sequence);
      state.seen = Math.max(state.seen, info?.sequence ?? 0);
      state.info = info;
    },
    begin(shard, sequence) {
      const state = of(shard);
      const { open } = state;
      open.add(sequence);
      state.seen = Math.max(state.seen, sequence);
      return () => void open.delete(sequence);
    },
    underWay: () => [...shards.values()].reduce((sum, { open }) => sum + open.size, 0),
    async flush() {
      for (const [shard, state] of shards) {
        const now = durable(state);
        const text = JSON.stringify(now);
        if (text === state.kept) continue;
        await cursor.set(`session:${bot}:${shard}`, now ?? false);
        state.kept = text;
      }
    },
    close() {
      closed = true;
    },
  };
}
