import type { Log } from '../../log.ts';

/** Counts what Discord calls invalid requests: 10,000 answers 401, 403 or 429 within ten minutes ban the address of this machine. */
export interface InvalidRequests {
  /** An answer came. A 429 of scope `shared` is not ours. */
  note(status: number, scope?: string | null): void;
  /** Milliseconds for which nothing may be asked any more; 0 while all is well. */
  waitMs(): number;
}

const windowMs = 600_000;
/** Every so many are a warning. */
const warnEvery = 500;
/** Where we stop by ourselves. Below half of the limit: other processes behind the same address count too. */
const stopAt = 4_000;
/** A refused token stays refused for a while; asking on would only count. */
const tokenRefusedMs = 60_000;

/** `clock`: milliseconds. */
export function countInvalidRequests(log: Log, clock: () => number = Date.now): InvalidRequests {
  let count = 0;
  let until = 0;
  let heldUntil = 0;
  return {
    note(status, scope) {
      if (status !== 401 && status !== 403 && !(status === 429 && scope !== 'shared')) return;
      const now = clock();
      if (now >= until) {
        count = 0;
        until = now + windowMs;
      }
      count++;
      if (status === 401) {
        log.error({ seconds: tokenRefusedMs / 1000 }, 'token refused: check DISCORD_BOT_TOKEN; nothing is asked for a while');
        heldUntil = Math.max(heldUntil, now + tokenRefusedMs);
      }
      if (count % warnEvery === 0)
        log.warn({ count, limit: 10_000, windowEndsInMs: until - now }, 'many invalid requests; at the limit this address is banned');
      if (count >= stopAt) heldUntil = Math.max(heldUntil, until);
    },
    waitMs: () => Math.max(0, heldUntil - clock()),
  };
}
