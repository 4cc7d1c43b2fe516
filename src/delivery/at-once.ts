import type { Log } from '../log.ts';
import type { Send } from './outbox.ts';
import type { Queues } from './queues.ts';
import type { Owed } from './sending.ts';

/**
 * Sends a turn's replies from the process that decided them: no job of their own, and no wait for one. What a kill interrupts is left
 * `sending` with a lease, and the sweep wakes it when that has run out.
 */
export interface AtOnce {
  /** True while this process may begin one more send over the channel; else the queue has it. */
  takes(channel: string): boolean;
  /** Sends without anybody waiting for it. */
  send(channel: string, key: string, first: Owed): void;
  /** Waits for the sends under way. */
  settled(): Promise<void>;
}

/** `senders`: by channel, those that run in this process. `most`: sends at once over one channel, so that a slow one fills up and not the memory. */
export function createAtOnce(parts: { senders: Map<string, Send>; wake: Queues['wake']; log: Log; most?: number }): AtOnce {
  const { senders, wake, log, most = 64 } = parts;
  const underWay = new Map<string, Set<Promise<unknown>>>();
  return {
    takes: (channel) => senders.has(channel) && (underWay.get(channel)?.size ?? 0) < most,
    send(channel, key, first) {
      const all = underWay.get(channel) ?? new Set();
      underWay.set(channel, all);
      const sending = deliver(channel, key, first).finally(() => all.delete(sending));
      all.add(sending);
    },
    async settled() {
      await Promise.all([...underWay.values()].flatMap((each) => [...each]));
    },
  };

  async function deliver(channel: string, key: string, first: Owed): Promise<void> {
    try {
      const again = await senders.get(channel)?.(key, first);
      if (again) await wake(`deliveries-${channel}`, key, again.againMs);
    } catch (error) {
      log.warn({ message: first.id, err: (error as Error).message }, 'a send broke off; the sweep takes it up');
    }
  }
}
