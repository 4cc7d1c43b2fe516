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
  /** Whether what was missed before a session is still to be fetched. */
  behind(): boolean;
  /** That is under way for a shard's session; call what is returned when it is durable. */
  catchUp(shard: number): () => void;
  /** Events under way. */
  underWay(): number;
  flush(): Promise<void>;
  close(): void;
}

/** What is kept of a session, so that whoever resumes it also fetches what was missed before it. */
interface Kept extends SessionInfo {
  behind: boolean;
}

/** One session of a shard. */
interface Session {
  info: SessionInfo | null;
  /** Number of the event that began it; -1 where this process did not see that. */
  first: number;
  /** Highest number seen. */
  seen: number;
  open: Set<number>;
  behind: boolean;
}

/** Sessions in the host's cursors (`session:<bot>:<shard>`), so that another process or the next start resumes where this one ended. */
export function createSessions({ cursor }: Pick<Host, 'cursor'>, bot: string): Sessions {
  const sessions = new Map<number, Session>();
  const kept = new Map<number, string>();
  let closed = false;
  const of = (shard: number): Session => {
    const known = sessions.get(shard) ?? { info: null, first: -1, seen: 0, open: new Set(), behind: false };
    sessions.set(shard, known);
    return known;
  };
  // Until its first event has had its effects, nobody could resume the session: who the bot is may not be known yet.
  const durable = ({ info, first, seen, open }: Session): SessionInfo | null =>
    info && !open.has(first) ? { ...info, sequence: open.size > 0 ? Math.min(...open) - 1 : seen } : null;

  return {
    async load() {
      for (const [shard, value] of await cursor.list<Kept | false>(`session:${bot}:`)) {
        if (!value) continue;
        const { behind = false, ...info } = value;
        sessions.set(Number(shard), { info, first: -1, seen: info.sequence, open: new Set(), behind });
        kept.set(Number(shard), JSON.stringify(value));
      }
    },
    retrieve: (shard) => (closed ? new Promise(() => {}) : Promise.resolve(durable(of(shard)))),
    update(shard, info) {
      // Ending the connection ourselves does not end the session.
      if (closed) return;
      let session = of(shard);
      if (info?.sessionId !== session.info?.sessionId) {
        // Another object: what is still under way of the older session must not end events of this one that have the same numbers.
        session = { info: null, first: info?.sequence ?? -1, seen: info?.sequence ?? 0, open: new Set(), behind: info !== null };
        sessions.set(shard, session);
      }
      if (info) session.open.add(info.sequence);
      session.seen = Math.max(session.seen, info?.sequence ?? 0);
      session.info = info;
    },
    begin(shard, sequence) {
      const session = of(shard);
      session.open.add(sequence);
      session.seen = Math.max(session.seen, sequence);
      return () => void session.open.delete(sequence);
    },
    behind: () => [...sessions.values()].some(({ behind }) => behind),
    catchUp(shard) {
      const session = of(shard);
      return () => {
        session.behind = false;
      };
    },
    underWay: () => [...sessions.values()].reduce((sum, { open }) => sum + open.size, 0),
    async flush() {
      for (const [shard, session] of sessions) {
        const info = durable(session);
        const value: Kept | false = info ? { ...info, behind: session.behind } : false;
        const text = JSON.stringify(value);
        if (text === (kept.get(shard) ?? 'false')) continue;
        await cursor.set(`session:${bot}:${shard}`, value);
        kept.set(shard, text);
      }
    },
    close() {
      closed = true;
    },
  };
}
