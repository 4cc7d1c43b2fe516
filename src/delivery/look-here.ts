import type { Log } from '../log.ts';
import { atMost } from '../store/at-most.ts';
import type { Look, Queues } from './queues.ts';

/**
 * Looks at conversations in the process that heard them, when their quiet time is over: no job of the queue, and no wait for one. The queue
 * has those for which this process has no time, those whose look failed, and those left at a stop; the sweep those that a kill interrupts.
 */
export interface LookHere {
  /** From now on this process takes turns. */
  by(look: Look): void;
  /** Makes sure that somebody looks at `key` after the delay, milliseconds; without one at once, though a look was due later. Several before the look are one. */
  wake(key: string, delayMs: number): Promise<void>;
  /** Hands those that wait to the queue, and waits for those under way, 3 s at most. */
  close(): Promise<void>;
}

// A look that hangs with its server holds up no stop (the queues below may take six more seconds); the sweep finds what it leaves.
const closeMs = 3_000;

/** How much one process takes on: looks at once, those whose time has come behind them, and those that wait for their time. */
const most = { underWay: 32, due: 256, waiting: 2_000 };

/** `limits`: see `most`; what is beyond them fills the queue, where other processes see it, and not the memory. */
export function createLookHere(parts: { wake: Queues['wake']; log: Log; limits?: Partial<typeof most> }): LookHere {
  const { wake, log, limits } = parts;
  const upTo = { ...most, ...limits };
  const waiting = new Map<string, NodeJS.Timeout>();
  const due = new Set<string>();
  const underWay = new Map<string, Promise<void>>();
  let look: Look | undefined;
  return {
    by: (given) => {
      look = given;
    },
    async wake(key, delayMs) {
      // The look to come finds the newer message too, and asks for more time by itself; only what needs none makes it sooner.
      if (due.has(key) || (waiting.has(key) && delayMs > 0)) return;
      if (look && waiting.size < upTo.waiting) later(key, delayMs);
      else await wake('turns', key, delayMs);
    },
    async close() {
      look = undefined;
      const left = [...waiting.keys(), ...due];
      for (const timer of waiting.values()) clearTimeout(timer);
      waiting.clear();
      due.clear();
      await atMost(closeMs, Promise.all([...left.map(toQueue), ...underWay.values()]));
    },
  };

  function later(key: string, delayMs: number): void {
    clearTimeout(waiting.get(key));
    waiting.set(
      key,
      setTimeout(() => {
        waiting.delete(key);
        if (due.size >= upTo.due) return void toQueue(key);
        due.add(key);
        begin();
      }, delayMs),
    );
  }

  function begin(): void {
    for (const key of due) {
      if (!look || underWay.size >= upTo.underWay) return;
      due.delete(key);
      // One that is under way may have read before the newest message was there.
      if (underWay.has(key)) void toQueue(key);
      else
        underWay.set(
          key,
          take(look, key).finally(() => end(key)),
        );
    }
  }

  function end(key: string): void {
    underWay.delete(key);
    begin();
  }

  async function take(taken: Look, key: string): Promise<void> {
    try {
      const again = await taken(key);
      if (!again || waiting.has(key) || due.has(key)) return;
      if (look) later(key, again.againMs);
      else await toQueue(key);
    } catch (error) {
      log.warn({ conversation: key, err: (error as Error).message }, 'a look broke off; the queue takes it up');
      await toQueue(key);
    }
  }

  function toQueue(key: string): Promise<void> {
    return wake('turns', key);
  }
}
