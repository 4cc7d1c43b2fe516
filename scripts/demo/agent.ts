import { setTimeout as pause } from 'node:timers/promises';
import type { TicketView } from '../../src/server/desk/protocol.ts';
import { type AtDesk, replyTo } from './desk.ts';
import type { Language, Script } from './script.ts';

// As people work: not every ticket at once, and some are left for whoever looks at the demo.
const lookMs = 14_000;
const thinkMs = 6_000;
const mostTickets = 5;

/** Works at the desk until `stop` aborts: takes the next ticket, answers twice, resolves. Takes few enough that some stay in line. */
export async function work(
  agent: AtDesk,
  replies: Script['replies'],
  stop: AbortSignal,
  did: (what: 'answered' | 'resolved') => void,
): Promise<void> {
  const wait = (ms: number) => pause(ms * (0.6 + Math.random() * 0.8), undefined, { signal: stop }).catch(() => undefined);
  for (let taken = 0; !stop.aborted && taken < mostTickets; ) {
    await wait(lookMs);
    const ticket = await agent.call<TicketView | undefined>('POST', 'tickets/next?language=en').catch(() => undefined);
    if (!ticket || stop.aborted) continue;
    taken++;
    const { first, last } = replies[ticket.ticket.language as Language] ?? replies.en;
    for (const text of [first, last]) {
      await wait(thinkMs);
      if (await answer(agent, ticket.ticket.id, text, stop)) did('answered');
    }
    // Every third stays open: a case that takes longer.
    if (taken % 3 === 0) continue;
    await wait(thinkMs);
    const resolved = await agent.call('POST', `tickets/${ticket.ticket.id}/resolve`, { outcome: 'solved' }).then(
      () => true,
      () => false,
    );
    if (resolved) did('resolved');
  }
}

// The contact may have written meanwhile: then it is read again before it is answered.
async function answer(agent: AtDesk, id: number, text: string, stop: AbortSignal): Promise<boolean> {
  for (let tries = 0; tries < 3 && !stop.aborted; tries++) {
    const view = await agent.call<TicketView>('GET', `tickets/${id}`).catch(() => undefined);
    if (!view) return false;
    const sent = await replyTo(agent, view, text).then(
      () => true,
      () => false,
    );
    if (sent) return true;
  }
  return false;
}
