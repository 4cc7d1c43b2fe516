import { and, desc, eq, lt } from 'drizzle-orm';
import { Fault } from '../errors.ts';
import type { Db, Tx } from '../store/connection.ts';
import { ticket, ticketLink } from '../store/schema.ts';
import { lockToRead, recordAct } from './act.ts';
import type { Agent } from './agent.ts';
import { readTicketNumber } from './number.ts';

/** Says that two tickets have to do with each other; both show it. `typed`: the other's number as a person writes it. Linking again has no effect. */
export function linkTickets(db: Db, who: Agent, ticketId: number, typed: string): Promise<void> {
  return db.transaction(async (tx) => {
    const number = readTicketNumber(typed);
    const [other] = number ? await tx.select({ id: ticket.id }).from(ticket).where(eq(ticket.number, number)) : [];
    if (!other) throw new Fault('not-found', 'There is no ticket with this number.', 'Check its digits and its letter.');
    if (other.id === ticketId) throw new Fault('input.invalid', 'A ticket cannot be linked with itself.');
    // Both locks in the order of their ids, so that two links at once never wait for each other.
    const [oneId, otherId] = inOrder(ticketId, other.id);
    const one = await lockToRead(tx, who, oneId);
    const two = await lockToRead(tx, who, otherId);
    const made = await tx.insert(ticketLink).values({ oneId, otherId }).onConflictDoNothing().returning();
    if (made.length === 0) return;
    await recordAct(tx, one, 'linked', { other: two.number }, who.id);
    await recordAct(tx, two, 'linked', { other: one.number }, who.id);
  });
}

/** Takes a link away. */
export function unlinkTickets(db: Db, who: Agent, ticketId: number, other: number): Promise<void> {
  return db.transaction(async (tx) => {
    const [oneId, otherId] = inOrder(ticketId, other);
    const one = await lockToRead(tx, who, oneId);
    const two = await lockToRead(tx, who, otherId);
    const gone = await tx
      .delete(ticketLink)
      .where(and(eq(ticketLink.oneId, oneId), eq(ticketLink.otherId, otherId)))
      .returning();
    if (gone.length === 0) return;
    await recordAct(tx, one, 'unlinked', { other: two.number }, who.id);
    await recordAct(tx, two, 'unlinked', { other: one.number }, who.id);
  });
}

function inOrder(one: number, other: number): [number, number] {
  return one < other ? [one, other] : [other, one];
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
