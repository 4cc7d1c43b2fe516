import { and, asc, isNull, sql } from 'drizzle-orm';
import type { Db } from '../../store/connection.ts';
import { agent, ticket } from '../../store/schema.ts';
import { unfit } from '../acts/transfer.ts';
import { readTicket } from '../lists/lists.ts';
import type { Agent } from './agent.ts';

/** Somebody to whom a ticket may be handed, or why it may not. */
interface Receiver extends Pick<Agent, 'id' | 'name' | 'presence' | 'capacity' | 'languages'> {
  /** Tickets that they have now. */
  open: number;
  /** They speak the ticket's language. */
  speaks: boolean;
  /** Why they cannot get it: presence, capacity, department, level. */
  unfit?: string;
}

/** To whom an agent may hand a ticket: those who may get it first, and of them those who speak its contact's language. */
export async function listReceivers(db: Db, who: Agent, ticketId: number): Promise<Receiver[]> {
  const found = await readTicket(db, who, ticketId);
  const row = found.ticket;
  const agents = await db
    .select({ agent, open: sql<string>`(select count(*) from ${ticket} t where t.assignee_id = ${agent.id} and t.state = 'assigned')` })
    .from(agent)
    .where(and(isNull(agent.disabledAt), sql`${agent.password} is not null`))
    .orderBy(asc(agent.name));
  const receivers = agents
    .filter((each) => each.agent.id !== row.assigneeId)
    .map(({ agent: each, open }) => ({
      id: each.id,
      name: each.name,
      presence: each.presence,
      open: Number(open),
      capacity: each.capacity,
      languages: each.languages,
      speaks: each.languages.includes(row.language),
      unfit: unfit(who, { ...each, open: Number(open) }, row),
    }));
  const rank = (each: Receiver) => (each.unfit ? 2 : 0) + (each.speaks ? 0 : 1);
  return receivers.sort((one, other) => rank(one) - rank(other));
}
