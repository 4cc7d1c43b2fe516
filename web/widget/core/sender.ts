import type { Acknowledgement, Outgoing } from '../../../src/bots/web/protocol.ts';
import type { Queue, Waiting } from './queue.ts';

/** What the sender needs: the queue, the wire, and whom to tell. */
export interface SenderParts {
  /** Name of the lock that all tabs of one person share. */
  lock: string;
  queue: Queue;
  /** Resolves when messages can be sent; rejects while they cannot. */
  prepare(): Promise<void>;
  send(outgoing: Outgoing): Promise<Acknowledgement>;
  /** A message is durable; `text` is how it was kept (masked). */
  kept(waiting: Waiting, text: string): void;
  /** The server asks for patience, in words for the visitor; undefined: it goes on. */
  notice(text: string | undefined): void;
}

/** Sends what waits, one after the other, the oldest first; of several tabs one at a time. Call it whenever something may have changed. */
export function createSender(parts: SenderParts): () => void {
  let running = false;
  let again = false;
  return () => {
    again = true;
    if (!running) void run();
  };

  async function run(): Promise<void> {
    running = true;
    while (again) {
      again = false;
      if (parts.queue.next()) await exclusive(parts.lock, () => sendAll(parts)).catch(() => undefined);
    }
    running = false;
  }
}

async function sendAll({ queue, prepare, send, kept, notice }: SenderParts): Promise<void> {
  await prepare();
  let tries = 0;
  for (let waiting = queue.next(); waiting; waiting = queue.next()) {
    const { at: _, failed: __, names: ___, ...outgoing } = waiting;
    let answer: Acknowledgement;
    try {
      answer = await send(outgoing);
    } catch {
      // Nobody knows whether it arrived: the same id again, which has no second effect. Without a connection this throws.
      tries += 1;
      await pause(Math.min(500 * 2 ** tries, 8_000));
      await prepare();
      continue;
    }
    tries = 0;
    if (answer.ok) {
      notice(undefined);
      kept(waiting, answer.text);
      queue.remove(waiting.id);
    } else if (answer.retryAfterMs !== undefined) {
      notice(answer.message);
      await pause(Math.max(answer.retryAfterMs, 300));
      notice(undefined);
    } else queue.fail(waiting.id, answer.message);
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

// Web Locks need TLS (or loopback); without them the server's own check of ids keeps a message from doubling.
async function exclusive(name: string, work: () => Promise<void>): Promise<void> {
  if (!navigator.locks) return work();
  await navigator.locks.request(name, work);
}
