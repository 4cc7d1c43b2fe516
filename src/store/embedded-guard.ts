import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Log } from '../log.ts';
import { takeLock } from './embedded-lock.ts';

/** Holds the embedded server for this process. */
export interface Guard {
  /** Lets go; false when the server was not ours at that moment. */
  release(): Promise<boolean>;
}

/**
 * Takes the database's lock and watches over the server through the lock's connection: when that breaks, `raise` brings the server back on its
 * port and the lock is taken again. Throws as takeLock does.
 */
export async function guardServer(url: string, raise: () => Promise<unknown>, log: Log): Promise<Guard> {
  let released = false;
  let reviving: Promise<void> | undefined;
  let held: pg.Client | undefined = watch(await takeLock(url));
  return {
    async release() {
      released = true;
      await reviving;
      const owned = held;
      held = undefined;
      await owned?.end();
      return owned !== undefined;
    },
  };

  function watch(client: pg.Client): pg.Client {
    client.on('end', () => {
      held = undefined;
      if (!released) reviving = revive();
    });
    return client;
  }

  async function revive(): Promise<void> {
    log.error('embedded PostgreSQL is gone, bringing it back');
    for (let pause = 200; !released; pause = Math.min(pause * 2, 5000)) {
      try {
        await raise();
        held = watch(await takeLock(url));
        log.warn('embedded PostgreSQL is back');
        return;
      } catch (error) {
        log.error({ err: error instanceof Error ? error.message : String(error) }, 'embedded PostgreSQL does not come back yet');
      }
      await sleep(pause);
    }
  }
}
