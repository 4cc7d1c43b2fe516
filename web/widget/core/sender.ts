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
  /** The chat is closed: nothing more goes out, and the lock is left to whoever comes after. */
  stop: AbortSignal;
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

async function sendAll({ queue, prepare, send, kept, notice, stop }: SenderParts): Promise<void> {
  await prepare();
  let tries = 0;
  for (let waiting = queue.next(); waiting && !stop.aborted; waiting = queue.next()) {
    const { at: _, failed: __, names: ___, ...outgoing } = waiting;
    let answer: Acknowledgement;
    try {
      answer = await send(outgoing);
    } catch {
      // Nobody knows whether it arrived: the same id again, which has no second effect. Without a connection this throws.
      tries += 1;
      await pause(Math.min(500 * 2 ** tries, 8_000), stop);
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
      await pause(Math.max(answer.retryAfterMs, 300), stop);
      notice(undefined);
    } else queue.fail(waiting.id, answer.message);
  }
}

/** Waits, not at all where the chat is closed already. */
function pause(ms: number, stop: AbortSignal): Promise<void> {
  if (stop.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      stop.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    stop.addEventListener('abort', end);
  });
}

// Web Locks need TLS (or loopback); without them the server's own check of ids keeps a message from doubling.
async function exclusive(name: string, work: () => Promise<void>): Promise<void> {
  if (!navigator.locks) return work();
  await navigator.locks.request(name, work);
}
