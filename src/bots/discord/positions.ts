import type { Host } from '../../conversation/channel.ts';

/** Up to which message a channel was read. `authors`: who spoke to the bot in a server's channel, newest last. */
export interface Position {
  last: string;
  server: boolean;
  authors: string[];
}

/** Last seen message by channel, so that what was missed can be fetched. */
export interface Positions {
  /** Reads what is kept; what this process saw later stays. */
  load(): Promise<void>;
  all(): [channel: string, position: Position][];
  of(channel: string): Position | undefined;
  /** A message was seen and, where it concerned us, is durable. */
  note(channel: string, id: string, from?: { server: boolean; author?: string }): Promise<void>;
  /** Makes a channel known from that message on, where it is not. */
  begin(channel: string, id: string, from: { server: boolean }): Promise<void>;
  /** A channel that is gone. */
  drop(channel: string): void;
  /** Writes what has changed. */
  flush(): Promise<void>;
}

const mostAuthors = 200;

/** Positions in the host's cursors (`last:<channel>`). A new channel is written at once, later steps with the next flush: what is lost with a kill is only read once more. */
export function createPositions({ cursor }: Pick<Host, 'cursor'>): Positions {
  const known = new Map<string, Position>();
  const changed = new Set<string>();

  const positions: Positions = {
    async load() {
      for (const [channel, kept] of await cursor.list<Position | false>('last:')) if (kept && !known.has(channel)) known.set(channel, kept);
    },
    all: () => [...known],
    of: (channel) => known.get(channel),
    async note(channel, id, from) {
      const before = known.get(channel);
      if (!before && !from) return;
      const authors = from?.author
        ? [...(before?.authors ?? []).filter((each) => each !== from.author), from.author].slice(-mostAuthors)
        : (before?.authors ?? []);
      const last = before && BigInt(before.last) > BigInt(id) ? before.last : id;
      known.set(channel, { last, server: from?.server ?? before?.server ?? false, authors });
      changed.add(channel);
      if (!before) await positions.flush();
    },
    async begin(channel, id, { server }) {
      if (known.has(channel) || (await cursor.get(`last:${channel}`))) return;
      await cursor.set(`last:${channel}`, { last: id, server, authors: [] } satisfies Position);
    },
    drop(channel) {
      known.delete(channel);
      changed.add(channel);
    },
    async flush() {
      for (const channel of [...changed]) {
        changed.delete(channel);
        await cursor.set(`last:${channel}`, known.get(channel) ?? false).catch((error) => {
          changed.add(channel);
          throw error;
        });
      }
    },
  };
  return positions;
}
