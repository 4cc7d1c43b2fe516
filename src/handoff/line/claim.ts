import { and, eq, sql } from 'drizzle-orm';
import { recordEvent } from '../../conversation/event.ts';
import { changeOwner } from '../../conversation/owner.ts';
import { Fault } from '../../errors.ts';
import type { Db, Tx } from '../../store/connection.ts';
import { agent as agentTable, ticket } from '../../store/schema.ts';
import { type Agent, openTickets } from '../agents/agent.ts';
import type { Ticket } from '../ticket.ts';
import { eligible } from './eligible.ts';
import { readWaiting } from './waiting.ts';

/** Takes one waiting ticket: one atomic update that answers "yours" (the ticket) or throws who has it. Claiming one's own again has no effect. */
export async function claimTicket(db: Db, who: Agent, ticketId: number): Promise<Ticket> {
  const [wanted] = await db.select().from(ticket).where(eq(ticket.id, ticketId));
  if (!wanted) throw new Fault('not-found', 'There is no such ticket.');
  refuse(eligible({ ...who, open: 0 }, wanted, true));
  const claimed = await db.transaction((tx) => assign(tx, who, eq(ticket.id, ticketId)));
  if (claimed) return claimed;
  const [now] = await db
    .select({ ticket, name: agentTable.name })
    .from(ticket)
    .leftJoin(agentTable, eq(agentTable.id, ticket.assigneeId))
    .where(eq(ticket.id, ticketId));
  if (now?.ticket.state === 'assigned' && now.ticket.assigneeId === who.id) return now.ticket;
  if (now?.ticket.state === 'assigned') throw new Fault('ticket.taken', `${now.name} has this ticket.`);
  throw new Fault('ticket.gone', 'This ticket is already resolved.');
}

/** Takes the first ticket of the line that the agent may take; undefined where nobody waits for them. */
export async function takeNext(db: Db, who: Agent): Promise<Ticket | undefined> {
  return db.transaction(async (tx) => {
    // Their row first: of two of their tabs the second sees what the first took.
    const [now] = await tx.select().from(agentTable).where(eq(agentTable.id, who.id)).for('no key update');
    if (!now) return undefined;
    const me = { ...now, open: await openTickets(tx, who.id) };
    if (me.open >= me.capacity)
      throw new Fault(
        'forbidden',
        `You have ${me.open} open tickets, as many as you may have at once.`,
        'Resolve one first, or choose a ticket yourself.',
      );
    if (me.disabledAt) refuse('disabled');
    for (const next of await readWaiting(tx, me.departments, mostOffered)) {
      // Whoever asks is there, whatever they said of themselves.
      if (eligible({ ...me, presence: 'online' }, next)) continue;
      const taken = await assign(tx, me, eq(ticket.id, next.id));
      if (taken) return taken;
    }
    return undefined;
  });
}

/** Gives a waiting ticket to an agent, in one atomic update; undefined where somebody was faster. `automatic`: nobody chose it. */
export async function assign(tx: Tx, who: Agent, which: ReturnType<typeof eq>, automatic = false): Promise<Ticket | undefined> {
  const [row] = await tx
    .update(ticket)
    .set({ state: 'assigned', assigneeId: who.id, assignedAt: sql`now()` })
    .where(and(which, eq(ticket.state, 'waiting')))
    .returning();
  if (!row) return undefined;
  await changeOwner(tx, row.conversationId, 'agent');
  await recordEvent(tx, row.conversationId, {
    kind: 'ticket',
    data: {
      ticketId: row.id,
      number: row.number,
      state: 'assigned',
      department: row.department,
      ...(automatic ? { reason: 'automatic', assigneeId: who.id } : {}),
    },
    agentId: automatic ? undefined : who.id,
  });
  return row;
}

// Whoever may take none of so many is offered nothing: they are not of these departments' languages and levels.
const mostOffered = 500;

function refuse(why: ReturnType<typeof eligible>): void {
  if (why === 'department') throw new Fault('forbidden', 'This ticket belongs to a department that is not yours.');
  if (why === 'level') throw new Fault('forbidden', 'This ticket was escalated to supervisors.');
  if (why) throw new Fault('forbidden', 'You may not take tickets.');
}
