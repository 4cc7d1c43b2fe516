import { RetryLater, Undeliverable } from '../../conversation/channel.ts';
import { isFault } from '../../errors.ts';
import type { Log } from '../../log.ts';
import { pause } from '../../pause.ts';

/** Tries until it is done, however long the store or Discord is away; rejects when `signal` aborts before. What can never be done is logged and let go. */
export async function keepTrying<T>(work: () => Promise<T>, signal: AbortSignal, log: Log): Promise<T | undefined> {
  for (let attempt = 0; ; attempt++) {
    signal.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      if (error instanceof Undeliverable || (isFault(error) && error.status < 500)) {
        log.info({ code: error.code }, 'event has no effect');
        return undefined;
      }
      // The message of a database's error holds the values that it was given.
      log.warn({ err: (error as Error).name, attempt }, 'event not kept yet, trying again');
      await pause(error instanceof RetryLater ? error.afterMs : Math.min(5_000, 100 * 2 ** attempt), signal);
    }
  }
}
