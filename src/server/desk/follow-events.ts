import { type EventCursor, formatCursor, latestCursor, parseCursor, readEvents } from '../../conversation/event.ts';
import type { Log } from '../../log.ts';
import type { Db } from '../../store/connection.ts';
import { type Heard, hearEvents } from './audience.ts';

// One reader a process for all desks; 300 ms is at once for people, and nothing while no desk is open.
const pollMs = 300;
// A desk that missed more than this fetches what it shows anew.
const mostMissed = 2_000;

/** What happened that a desk may be told, in an order that misses nothing; `upTo`: the cursor after it. */
export interface News {
  heard: Heard[];
  upTo: string;
}

/** The news of all desks of a process. */
export interface Follower {
  /** From here on everything is told: what was before is `since`. Asked before `since`, so that an event may be told twice, never not at all. */
  begin(): Promise<EventCursor>;
  /** What a desk missed after a cursor, until now; undefined where that is too much to tell. */
  since(after: EventCursor): Promise<News | undefined>;
  /** Resolves when the reading that is under way has ended. */
  close(): Promise<void>;
}

interface Parts {
  db: Db;
  log: Log;
  /** Whether anybody is there to be told. */
  anybody(): boolean;
  tell(news: News): void;
}

/** Reads the events while a desk is open, and tells them as they come. */
export function followEvents({ db, log, anybody, tell }: Parts): Follower {
  let cursor: EventCursor | undefined;
  let stopped = false;
  const reading = read();

  return {
    begin,
    async since(after) {
      const missed = await readEvents(db, after, mostMissed);
      if (missed.length === mostMissed) return undefined;
      return { heard: await hearEvents(db, missed), upTo: formatCursor(missed.at(-1) ?? after) };
    },
    async close() {
      stopped = true;
      await reading;
    },
  };

  async function begin(): Promise<EventCursor> {
    const now = parseCursor(await latestCursor(db)) as EventCursor;
    // Set only now, and by the first who asked: what a desk that came meanwhile has missed reaches to here at least.
    cursor ??= now;
    return now;
  }

  async function read(): Promise<void> {
    while (!stopped) {
      await new Promise((resolve) => setTimeout(resolve, pollMs));
      if (!anybody()) cursor = undefined;
      else await readOn().catch((error: Error) => log.warn({ err: error.message }, 'events not read'));
    }
  }

  async function readOn(): Promise<void> {
    const events = await readEvents(db, cursor ?? (await begin()));
    const last = events.at(-1);
    if (!last) return;
    const heard = await hearEvents(db, events);
    cursor = last;
    tell({ heard, upTo: formatCursor(last) });
  }
}
