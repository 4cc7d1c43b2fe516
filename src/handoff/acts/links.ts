import { and, desc, eq, lt } from 'drizzle-orm';
import { Fault } from '../../errors.ts';
import type { Tx } from '../../store/connection.ts';
import { ticket, ticketLink } from '../../store/schema.ts';
import type { Agent } from '../agents/agent.ts';
import type { Ticket } from '../ticket.ts';
import { lockBoth, type OnTicket, recordAct, ticketByNumber } from './act.ts';

/** Says that two tickets have to do with each other; both show it. `number`: the other's, as a person writes it. Linking again has no effect. */
export function linkTickets({ number, ...on }: OnTicket & { number: string }): Promise<void> {
  return on.db.transaction(async (tx) => {
    const otherId = await ticketByNumber(tx, number);
    if (otherId === on.ticketId) throw new Fault('input.invalid', 'A ticket cannot be linked with itself.');
    const [row, other] = await lockBoth(tx, on, otherId);
    const made = await tx.insert(ticketLink).values(linkOf(row, other)).onConflictDoNothing().returning();
    if (made.length > 0) await recordBoth(tx, 'linked', [row, other], on.who);
  });
}

/** Takes a link with another ticket away. */
export function unlinkTickets({ otherId, ...on }: OnTicket & { otherId: number }): Promise<void> {
  return on.db.transaction(async (tx) => {
    const [row, other] = await lockBoth(tx, on, otherId);
    const link = linkOf(row, other);
    const gone = await tx
      .delete(ticketLink)
      .where(and(eq(ticketLink.oneId, link.oneId), eq(ticketLink.otherId, link.otherId)))
      .returning();
    if (gone.length > 0) await recordBoth(tx, 'unlinked', [row, other], on.who);
  });
}

/** Links a ticket that is being opened with the one before it in the same conversation, where there was one. */
export async function linkToEarlier(tx: Tx, ticketId: number, conversationId: number): Promise<void> {
  const [earlier] = await tx
    .select({ id: ticket.id })
    .from(ticket)
    .where(and(eq(ticket.conversationId, conversationId), lt(ticket.id, ticketId)))
    .orderBy(desc(ticket.id))
    .limit(1);
  if (earlier) await tx.insert(ticketLink).values({ oneId: earlier.id, otherId: ticketId }).onConflictDoNothing();
}

function linkOf(one: Ticket, other: Ticket): { oneId: number; otherId: number } {
  return { oneId: Math.min(one.id, other.id), otherId: Math.max(one.id, other.id) };
}

async function recordBoth(tx: Tx, act: 'linked' | 'unlinked', [one, other]: [Ticket, Ticket], who: Agent): Promise<void> {
  await recordAct(tx, one, act, { other: other.number }, who.id);
  await recordAct(tx, other, act, { other: one.number }, who.id);
}
