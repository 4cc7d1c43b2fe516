import type { Log } from '../log.ts';

/** What was started, and how each ends. */
export interface Endings {
  /** Keeps how `part` ends; `what` tells the operator what a stop waits for. Returns the part. */
  later<T>(what: string, part: T, end: (part: T) => unknown): T;
  /** Ends all that was started, the last first; one that fails is logged and the others end all the same. */
  stop(waiting?: (what: string) => void): Promise<void>;
}

/** Nothing started yet. */
export function createEndings(log: Log): Endings {
  const started: [string, () => unknown][] = [];
  return {
    later(what, part, end) {
      started.push([what, () => end(part)]);
      return part;
    },
    async stop(waiting = () => {}) {
      for (const [what, end] of started.splice(0).reverse()) {
        waiting(what);
        await Promise.resolve(end()).catch?.((error: Error) => log.warn({ err: error.message }, `${what} did not stop cleanly`));
      }
    },
  };
}
