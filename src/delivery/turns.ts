import type { Log } from '../log.ts';
import { metrics } from '../metrics.ts';
import type { Db } from '../store/connection.ts';
import type { Apart } from './apart.ts';
import type { AtOnce } from './at-once.ts';
import type { Look, Queues } from './queues.ts';
import { createRead } from './reading.ts';
import { createSettle } from './settle.ts';
import type { OnTurn, Turn, Waiting } from './turn.ts';

/** How long a turn waits for more: after the newest message, and at most from the first. Milliseconds. */
export interface QuietTime {
  afterLastMs(turn: Turn): number;
  atMostMs: number;
}

/** Looks at once in one process: enough of them to share statements while others of them wait for the database. */
export const turnsAtOnce = 64;

/** What another process has in hand is looked at again after this. */
const elsewhereMs = 1_000;

/** The look at a conversation whose contact wrote. */
export function createTurns(parts: {
  db: Db;
  queues: Queues;
  onTurn: OnTurn;
  quiet: QuietTime;
  log: Log;
  /** Where processes are known by whether they live: takes what one that died left behind. */
  apart?: Apart;
  /** Where this process sends too. */
  atOnce?: AtOnce;
}): Look {
  const { db, queues, onTurn, quiet, log, apart, atOnce } = parts;
  const read = createRead(db);
  const settle = createSettle(db);

  const take = async (turn: Turn) => {
    const outcome = await onTurn(turn);
    const settled = await settle(turn, outcome, atOnce?.takes(turn.channel));
    if (settled && turn.killed) metrics.unread.inc();
    return { outcome, settled };
  };

  const dueOf = (turn: Turn) => {
    const { heardAt, waitingSince } = turn.conversation;
    const first = turn.messages[0] as Waiting;
    // What was edited after its turn waits since then, not since it came.
    const since = first.body.earlierSeq === undefined ? first.at : (waitingSince ?? first.at);
    return Math.min((heardAt ?? first.at).getTime() + quiet.afterLastMs(turn), since.getTime() + quiet.atMostMs);
  };

  return async (key, stalled) => {
    for (let tries = 0; tries < 10; tries++) {
      const turn = await read(Number(key));
      if (!turn) return undefined;
      // Even how long it waits for more is told by reading it.
      const doubted = apart && (stalled || turn.conversation.doubted);
      const due = doubted ? turn.now.getTime() : dueOf(turn);
      if (due > turn.now.getTime()) return { againMs: due - turn.now.getTime() };
      const taken = await (doubted ? apart(turn, take) : take(turn));
      if (!taken) return { againMs: elsewhereMs };
      const { outcome, settled } = taken;
      if (!settled) {
        log.debug({ conversation: turn.conversation.id }, 'state moved while deciding, reading again');
        continue;
      }
      metrics.decisions.inc({ decision: outcome.decision, language: outcome.language });
      metrics.turnSeconds.observe(Math.max(0, Date.now() - due) / 1000);
      if (settled.claimed) atOnce?.send(turn.channel, key, settled.claimed);
      const sends = outcome.reply && !settled.claimed;
      await Promise.all([sends ? queues.wake(`deliveries-${turn.channel}`, key) : undefined, outcome.after?.()]);
      if (!settled.more) return undefined;
    }
    return { againMs: 200 };
  };
}
