import type { RecordedEvent } from '../../conversation/event.ts';
import type { Agent } from '../../handoff/agents/agent.ts';
import { type TicketAround, ticketsAround } from '../../handoff/lists/tickets-around.ts';
import type { Db } from '../../store/connection.ts';
import type { Change } from './protocol.ts';

/** A change, and the departments and agents whom it concerns; supervisors hear everything that has a ticket. */
export interface Heard {
  change: Change;
  departments: Set<string>;
  agents: Set<number>;
}

/**
 * What desks are told of events: only those of conversations whose contact has a ticket there or an open one elsewhere (what a bot says to others is nobody's news),
 * and with each whom it concerns: the ticket's department and agent now, and those that the event itself names (where it came from, where it went).
 */
export async function hearEvents(db: Db, events: RecordedEvent[]): Promise<Heard[]> {
  const talks = [...new Set(events.map(({ conversationId }) => conversationId).filter((id) => id !== null))];
  if (talks.length === 0) return [];
  const rows = await ticketsAround(db, talks);
  const ticketsOf = Map.groupBy(rows, ({ talk }) => Number(talk));
  return events.flatMap((event) => hear(event, ticketsOf.get(event.conversationId ?? 0) ?? []));
}

/** Whether an agent is told. */
export function concerns({ change, departments, agents }: Heard, who: Pick<Agent, 'id' | 'role' | 'departments'>): boolean {
  return who.role === 'supervisor' || change.agentId === who.id || agents.has(who.id) || who.departments.some((id) => departments.has(id));
}

function hear({ kind, conversationId, data, agentId }: RecordedEvent, tickets: TicketAround[]): Heard[] {
  if (conversationId === null || tickets.length === 0) return [];
  const facts = data as Record<string, unknown>;
  const here = tickets.filter(({ of }) => Number(of) === conversationId);
  const own = here.findLast(({ state }) => state !== 'resolved') ?? here.at(-1);
  const ticketId = typeof facts.ticketId === 'number' ? facts.ticketId : own && Number(own.ticket);
  const named = [facts.department, facts.from, facts.to];
  return [
    {
      change: { kind, conversationId, contactId: Number(tickets[0]?.contact), ticketId, data: facts, agentId: agentId ?? undefined },
      departments: new Set([...tickets.map(({ department }) => department), ...named.filter((each) => typeof each === 'string')]),
      agents: new Set([
        ...tickets.flatMap(({ assignee }) => (assignee === null ? [] : Number(assignee))),
        ...[facts.assigneeId, facts.from, facts.to].filter((each) => typeof each === 'number'),
      ]),
    },
  ];
}
