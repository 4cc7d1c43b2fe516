import type { Log } from '../log.ts';
import { pause } from '../pause.ts';
import type { Db } from '../store/connection.ts';
import { holdLease } from '../store/lease.ts';

/** Work that one process among all does again and again. */
export interface Chore {
  name: string;
  everyMs: number;
  run(): Promise<unknown>;
}

/** Runs chores in the one process that holds the lease of that `name`; a chore that fails is logged and runs again at its next time. Resolves when stopped. */
export function runClock(db: Db, holder: string, chores: Chore[], stop: AbortSignal, log: Log, name = 'clock'): Promise<void> {
  return holdLease(db, { name, holder }, stop, async (signal) => {
    await Promise.all(chores.map((chore) => repeat(chore, signal, log)));
  });
}

async function repeat({ name, everyMs, run }: Chore, signal: AbortSignal, log: Log): Promise<void> {
  while (!signal.aborted) {
    await run().catch((error: Error) => log.warn({ chore: name, err: error.message }, 'chore failed'));
    await pause(everyMs, signal);
  }
}
