import { type ReadonlySignal, signal } from '@preact/signals';
import type { Outgoing } from '../../../src/bots/web/protocol.ts';
import type { Keep } from './keep.ts';
import { newId } from './new-id.ts';

/** A message of the visitor that the server has not acknowledged. */
export interface Waiting extends Outgoing {
  /** Milliseconds since the epoch. */
  at: number;
  /** Names of the attachments, to be shown meanwhile. */
  names?: string[];
  /** Why the server will not take it; a person may try again. */
  failed?: string;
}

/** What is still to be sent, kept until it is acknowledged, shared by all tabs. */
export interface Queue {
  items: ReadonlySignal<Waiting[]>;
  add(message: Pick<Waiting, 'text' | 'choice' | 'attachments' | 'names'>): Waiting;
  /** The oldest that may be sent, as it is kept now (another tab may have sent it). */
  next(): Waiting | undefined;
  remove(id: string): void;
  fail(id: string, why: string): void;
  retry(id: string): void;
  /** Reads again what is kept. */
  refresh(): void;
}

/** Opens the queue of a person. One entry per message, so that two tabs never overwrite each other. */
export function openQueue(keep: Keep): Queue {
  const items = signal<Waiting[]>(read());
  let lastAt = 0;
  return {
    items,
    add(message) {
      // Two messages in one millisecond keep their order.
      lastAt = Math.max(Date.now(), lastAt + 1);
      const waiting: Waiting = { ...message, id: newId(), at: lastAt };
      write(waiting);
      return waiting;
    },
    next: () => read().find(({ failed }) => failed === undefined),
    remove(id) {
      for (const name of namesOf(id)) keep.remove(name);
      refresh();
    },
    fail: (id, why) => change(id, (waiting) => ({ ...waiting, failed: why })),
    retry: (id) => change(id, ({ failed: _, ...waiting }) => waiting),
    refresh,
  };

  function refresh(): void {
    items.value = read();
  }

  function write(waiting: Waiting): void {
    keep.set(nameOf(waiting), JSON.stringify(waiting));
    refresh();
  }

  function change(id: string, how: (waiting: Waiting) => Waiting): void {
    const found = read().find((waiting) => waiting.id === id);
    if (found) write(how(found));
  }

  function namesOf(id: string): string[] {
    return keep.names('out|').filter((name) => name.endsWith(id));
  }

  function read(): Waiting[] {
    return keep.names('out|').flatMap((name) => {
      try {
        return [JSON.parse(keep.get(name) ?? '') as Waiting];
      } catch {
        return [];
      }
    });
  }
}

const nameOf = ({ at, id }: Waiting) => `out|${String(at).padStart(15, '0')}|${id}`;
