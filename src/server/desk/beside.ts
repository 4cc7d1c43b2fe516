import type { Broadcast } from '../../store/broadcast.ts';
import type { Beside } from './protocol.ts';

/** Without a new word, somebody who looked at a ticket counts as gone. Milliseconds. */
const lookMs = 25_000;
/** So long after their last letter somebody counts as writing. Milliseconds. */
const writeMs = 6_000;

/** Somebody at a ticket: one socket, in whichever process. */
interface Looker {
  ticketId: number;
  agentId: number;
  name: string;
  until: number;
  writingUntil: number;
}

/** Who looks at which ticket, and who writes there: told from process to process, kept nowhere. */
export interface Lookers {
  /** A socket looks at a ticket (undefined: at none any more), and writes there or not. */
  look(socketId: string, at: { ticketId: number; agentId: number; name: string; writing: boolean } | undefined): void;
  /** Who is at a ticket. */
  at(ticketId: number): Beside['agents'];
  /** Forgets who is gone. Called now and then. */
  prune(): void;
  close(): void;
}

/** Keeps them; `changed` is called with each ticket where somebody came, went, began or ceased to write. */
export function createLookers(broadcast: Broadcast, changed: (ticketId: number) => void, clock = Date.now): Lookers {
  const lookers = new Map<string, Looker>();
  const told = new Map<number, string>();
  const deaf = broadcast.hear('beside', (value) => hear(value as unknown as Word));
  return {
    look(socketId, at) {
      broadcast.tell('beside', { socketId, ...at } satisfies Word);
    },
    at,
    prune() {
      const tickets = new Set([...lookers.values()].map(({ ticketId }) => ticketId));
      for (const [socketId, { until }] of lookers) if (until < clock()) lookers.delete(socketId);
      for (const ticketId of tickets) tell(ticketId);
    },
    close: deaf,
  };

  function at(ticketId: number): Beside['agents'] {
    const here = [...lookers.values()].filter((looker) => looker.ticketId === ticketId);
    // One person in two tabs is one person.
    return [...Map.groupBy(here, ({ agentId }) => agentId)].map(([id, tabs]) => ({
      id,
      name: tabs[0]?.name ?? '',
      writing: tabs.some(({ writingUntil }) => writingUntil > clock()),
    }));
  }

  function hear({ socketId, ticketId, agentId = 0, name = '', writing = false }: Word): void {
    const before = lookers.get(socketId);
    if (ticketId === undefined) lookers.delete(socketId);
    else lookers.set(socketId, { ticketId, agentId, name, until: clock() + lookMs, writingUntil: writing ? clock() + writeMs : 0 });
    if (before) tell(before.ticketId);
    if (ticketId !== undefined) tell(ticketId);
  }

  function tell(ticketId: number): void {
    const now = JSON.stringify(at(ticketId));
    if ((told.get(ticketId) ?? '[]') === now) return;
    if (now === '[]') told.delete(ticketId);
    else told.set(ticketId, now);
    changed(ticketId);
  }
}

interface Word {
  socketId: string;
  ticketId?: number;
  agentId?: number;
  name?: string;
  writing?: boolean;
}
