import type { Redis } from 'ioredis';

/**
 * Redis looks only ten times a second who has waited long enough (its `hz`), or when it hears anything (`handleBlockedClientsTimeout` before it
 * sleeps): a worker that waits for a job's time would wake up to 0.1 s late. So it hears something at that time.
 */
export interface Prompt {
  /** A job's time has come after so many milliseconds. */
  after(delayMs: number): void;
  stop(): void;
}

// Those of the same moment are one.
const momentMs = 10;
// Nobody hurries for what is later.
const mostMs = 60_000;

/** `redis`: a connection that is not waited on. */
export function createPrompt(redis: Redis): Prompt {
  const timers = new Map<number, NodeJS.Timeout>();
  return {
    after(delayMs) {
      if (delayMs <= 0 || delayMs > mostMs) return;
      const now = Date.now();
      const moment = Math.floor((now + delayMs) / momentMs) + 1;
      if (timers.has(moment)) return;
      const hear = () => {
        timers.delete(moment);
        // Where the server does not answer there is nobody to wake.
        redis.ping().catch(() => {});
      };
      timers.set(moment, setTimeout(hear, moment * momentMs - now).unref());
    },
    stop() {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
}
