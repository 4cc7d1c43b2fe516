import { and, desc, eq, isNull, ne } from 'drizzle-orm';
import { Fault } from '../../errors.ts';
import type { Db, Tx } from '../../store/connection.ts';
import { conversation, survey, ticket } from '../../store/schema.ts';
import type { Deadlines } from '../deadlines/deadline.ts';
import { eligible } from '../line/eligible.ts';
import { toAgent, toLine } from '../line/to-line.ts';
import type { Ticket } from '../ticket.ts';
import { lockToRead, type Moved, type OnTicket, recordAct } from './act.ts';
import { nothingDue } from './answered.ts';

const again = { outcome: null, resolvedAt: null, ...nothingDue };

/** Takes a resolved ticket up again: it is the agent's. Throws `ticket.open` where the contact has another open ticket on that address by now. */
export function reopenTicket({ db, who, ticketId }: OnTicket): Promise<Moved> {
  return db.transaction(async (tx) => {
    const before = await lockToRead(tx, { who, ticketId });
    if (before.state !== 'resolved') throw new Fault('ticket.gone', 'This ticket is open already.', 'Reload it to see who has it.');
    // Whoever had it may have it again, whatever rung it had come to.
    if (before.assigneeId !== who.id && eligible({ ...who, open: 0 }, before, true))
      throw new Fault('forbidden', 'You may not take this ticket.', 'A supervisor may.');
    const conversationId = await placeFor(tx, before);
    await forgetSurvey(tx, ticketId);
    const after = await toAgent(tx, before, who.id, { ...again, ...rungOf(before), resolutionDue: sameTimeAgain(before), conversationId });
    await recordAct(tx, after, 'reopened', { state: 'assigned', reason: 'agent' }, who.id);
    return { before, after };
  });
}

/** The last ticket of a conversation that was resolved within so many days, and that what the contact writes now belongs to; spam and what the bot got back do not count. */
export async function reopenable(db: Db, conversationId: number, days: number): Promise<Ticket | undefined> {
  const [last] = await db.select().from(ticket).where(eq(ticket.conversationId, conversationId)).orderBy(desc(ticket.id)).limit(1);
  const recent = last?.resolvedAt && last.resolvedAt.getTime() > Date.now() - days * 86_400_000;
  return recent && last.state === 'resolved' && last.outcome !== 'spam' && last.outcome !== 'to-bot' ? last : undefined;
}

/** Opens a resolved ticket again because its contact wrote, in the transaction that gives its conversation to the queue; it waits with new deadlines. */
export async function reopenInTurn(tx: Tx, ticketId: number, due: Deadlines): Promise<Ticket> {
  const [before] = await tx
    .select()
    .from(ticket)
    .where(and(eq(ticket.id, ticketId), eq(ticket.state, 'resolved')))
    .for('update');
  if (!before) throw new Error(`ticket ${ticketId} is open already`);
  await forgetSurvey(tx, ticketId);
  const after = await toLine(tx, before, { ...again, ...rungOf(before), ...due });
  await recordAct(tx, after, 'reopened', { state: 'waiting', reason: 'contact' });
  return after;
}

/** As long as it had the first time, and no longer than an investigation. */
function sameTimeAgain({ resolutionDue, createdAt }: Ticket): Date {
  const had = Math.min(resolutionDue.getTime() - createdAt.getTime(), 72 * 3_600_000);
  return new Date(Math.max(resolutionDue.getTime(), Date.now() + had));
}

// A rung that the clock had raised it to was that time's; one that a person chose stays.
function rungOf({ level, levelBy }: Ticket): Pick<Ticket, 'level'> {
  return { level: levelBy === 'clock' ? 'operator' : level };
}

/** Where a ticket goes on: in its own conversation, or in the one that has followed it on the same address. */
async function placeFor(tx: Tx, row: Ticket): Promise<number> {
  const [own] = await tx.select().from(conversation).where(eq(conversation.id, row.conversationId)).for('update');
  if (!own) throw new Fault('not-found', 'This conversation was erased.');
  const [open] = await tx
    .select()
    .from(conversation)
    .where(and(eq(conversation.addressId, own.addressId), isNull(conversation.closedAt)))
    .for('update');
  const [other] = open
    ? await tx
        .select({ number: ticket.number })
        .from(ticket)
        .where(and(eq(ticket.conversationId, open.id), ne(ticket.state, 'resolved')))
    : [];
  if (other) throw new Fault('ticket.open', `The contact has an open ticket here already: ${other.number}.`, 'Link the two instead.');
  if (!open) await tx.update(conversation).set({ closedAt: null }).where(eq(conversation.id, own.id));
  return open?.id ?? own.id;
}

/** A survey belongs to a resolution: one that nobody answered goes with it. */
async function forgetSurvey(tx: Tx, ticketId: number): Promise<void> {
  await tx.delete(survey).where(and(eq(survey.ticketId, ticketId), isNull(survey.answeredAt)));
}
