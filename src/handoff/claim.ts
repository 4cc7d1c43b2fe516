import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { recordEvent } from '../conversation/event.ts';
import { changeOwner } from '../conversation/owner.ts';
import { Fault } from '../errors.ts';
import type { Db, Tx } from '../store/connection.ts';
import { agent as agentTable, ticket } from '../store/schema.ts';
import { type Agent, openTickets } from './agent.ts';
import { eligible } from './eligible.ts';
import type { Ticket } from './ticket.ts';

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
    const why = eligible({ ...who, open: await openTickets(tx, who.id) }, { department: who.departments[0] ?? '', level: 'operator' });
    if (why === 'capacity')
      throw new Fault(
        'forbidden',
        `You have ${who.capacity} open tickets, as many as you may have at once.`,
        'Resolve one first, or choose a ticket yourself.',
      );
    if (why === 'disabled') refuse(why);
    const levels = who.role === 'supervisor' ? (['operator', 'supervisor', 'investigation'] as const) : (['operator'] as const);
    const [next] = await tx
      .select({ id: ticket.id })
      .from(ticket)
      .where(and(eq(ticket.state, 'waiting'), inArray(ticket.department, who.departments), inArray(ticket.level, [...levels])))
      .orderBy(asc(ticket.lineAt), asc(ticket.lineNumber))
      .limit(1)
      .for('update', { skipLocked: true });
    return next && assign(tx, who, eq(ticket.id, next.id));
  });
}

async function assign(tx: Tx, who: Agent, which: ReturnType<typeof eq>): Promise<Ticket | undefined> {
  const [row] = await tx
    .update(ticket)
    .set({ state: 'assigned', assigneeId: who.id, assignedAt: sql`now()` })
    .where(and(which, eq(ticket.state, 'waiting')))
    .returning();
  if (!row) return undefined;
  await changeOwner(tx, row.conversationId, 'agent');
  await recordEvent(tx, row.conversationId, {
    kind: 'ticket',
    data: { ticketId: row.id, number: row.number, state: 'assigned', department: row.department },
    agentId: who.id,
  });
  return row;
}

function refuse(why: ReturnType<typeof eligible>): void {
  if (why === 'department') throw new Fault('forbidden', 'This ticket belongs to a department that is not yours.');
  if (why === 'level') throw new Fault('forbidden', 'This ticket was escalated to supervisors.');
  if (why) throw new Fault('forbidden', 'You may not take tickets.');
}
