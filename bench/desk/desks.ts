import type { TicketList } from '../../src/server/desk/list-protocol.ts';
import type { DeskAgent } from '../../tests/setup/desk.ts';
import type { DeskBench } from './stage.ts';

/** What the desks saw: milliseconds from the contact's message, for every desk that it concerned. */
export interface Measured {
  /** Until the socket said that something had changed. */
  told: number[];
  /** Until the changed line was there with the message in it, as a desk fetches it: only what changed, at most twice a second. */
  drawn: number[];
  /** Messages that a desk never had in its list. */
  missing: number;
}

/** Opens a desk for every agent: the same calls as the page makes. */
export async function openDesks(stage: DeskBench): Promise<{ measured(): Measured; close(): void }> {
  const told: number[] = [];
  const drawn: number[] = [];
  const opened = await Promise.all(stage.agents.map((agent, n) => openDesk(agent, stage, n, { told, drawn })));
  return {
    measured: () => ({ told, drawn, missing: opened.reduce((sum, desk) => sum + desk.missing(), 0) }),
    close() {
      for (const desk of opened) desk.close();
    },
  };
}

async function openDesk(agent: DeskAgent, { sent, newest }: DeskBench, n: number, into: Pick<Measured, 'told' | 'drawn'>) {
  const seen = new Set<string>();
  const changed = new Set<number>();
  let timer: NodeJS.Timeout | undefined;
  let last = 0;
  const fetchChanged = async () => {
    timer = undefined;
    last = performance.now();
    const only = [...changed].join(',');
    changed.clear();
    const { body } = await agent.call<TicketList>('GET', `/api/desk/tickets?list=all&only=${only}`);
    for (const { preview } of body.tickets) {
      const at = sent.get(preview);
      if (at === undefined || seen.has(preview)) continue;
      seen.add(preview);
      into.drawn.push(performance.now() - at);
    }
  };
  const { cursor } = (await agent.call<TicketList>('GET', '/api/desk/tickets?list=all')).body;
  const live = await agent.live(cursor);
  live.socket.on('live', ({ changes }) => {
    for (const { kind, data, ticketId } of changes) {
      if (ticketId === undefined || !(kind === 'ticket' || (kind === 'message' && data.author === 'contact'))) continue;
      changed.add(ticketId);
      // Each visitor writes again only after many others have.
      const at = newest.get(ticketId);
      if (kind === 'message' && at !== undefined) into.told.push(performance.now() - at);
      timer ??= setTimeout(() => void fetchChanged().catch(() => undefined), Math.max(0, last + 500 - performance.now()));
    }
  });
  const beat = setInterval(() => live.socket.emit('beat'), 15_000 + n);
  return {
    missing: () => [...sent.keys()].filter((text) => !seen.has(text)).length,
    close() {
      clearInterval(beat);
      clearTimeout(timer);
      live.close();
    },
  };
}
