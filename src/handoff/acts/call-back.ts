import { and, eq, isNull, lte, ne, sql } from 'drizzle-orm';
import { holdKey } from '../../conversation/contact.ts';
import { Fault } from '../../errors.ts';
import type { Vault } from '../../privacy/vault.ts';
import type { Db } from '../../store/connection.ts';
import { callBack, contact, ticket } from '../../store/schema.ts';
import type { Ticket } from '../ticket.ts';
import { lockToAct, type OnTicket, recordAct } from './act.ts';

/** A call that a contact wishes for. */
export interface CallBackWish {
  /** As typed; international, with its +. The agent has checked that it is the contact's. */
  number: string;
  wishedAt: Date;
}

/** Notes the number and hour of a call; a later wish replaces an earlier one. The number is sealed with the contact's key. */
export function planCallBack({ vault, wish, ...on }: OnTicket & { vault: Vault; wish: CallBackWish }): Promise<Ticket> {
  const number = readPhoneNumber(wish.number);
  if (!number)
    throw new Fault('input.invalid', 'This is no international phone number.', 'Write it with + and the country: +90 212 000 00 00.');
  if (!(wish.wishedAt.getTime() > Date.now())) throw new Fault('input.invalid', 'This hour has passed.', 'Choose a later one.');
  return on.db.transaction(async (tx) => {
    const row = await lockToAct(tx, on);
    const key = await holdKey(tx, row.contactId);
    const values = { sealed: vault.seal(key, number), ending: number.slice(-2), wishedAt: wish.wishedAt, remindedAt: null, doneAt: null };
    await tx
      .insert(callBack)
      .values({ ticketId: row.id, ...values })
      .onConflictDoUpdate({ target: callBack.ticketId, set: values });
    await recordAct(tx, row, 'call-back', { at: wish.wishedAt.toISOString() }, on.who.id);
    return row;
  });
}

/** The call was made, or is not wished for any more. */
export function endCallBack(on: OnTicket): Promise<Ticket> {
  return on.db.transaction(async (tx) => {
    const row = await lockToAct(tx, on);
    const [done] = await tx
      .update(callBack)
      .set({ doneAt: sql`now()` })
      .where(and(eq(callBack.ticketId, row.id), isNull(callBack.doneAt)))
      .returning();
    if (done) await recordAct(tx, row, 'call-back-done', {}, on.who.id);
    return row;
  });
}

/** Reminds of the calls whose hour has come, once each: an event of the ticket, which wakes where it slept. Returns how many. */
export async function remindOfCalls(db: Db): Promise<number> {
  const due = and(lte(callBack.wishedAt, sql`now()`), isNull(callBack.remindedAt), isNull(callBack.doneAt));
  const calls = await db.select({ id: callBack.ticketId }).from(callBack).where(due).limit(200);
  for (const { id } of calls)
    await db.transaction(async (tx) => {
      const [row] = await tx.select().from(ticket).where(eq(ticket.id, id)).for('update');
      const [reminded] = await tx
        .update(callBack)
        .set({ remindedAt: sql`now()` })
        .where(and(eq(callBack.ticketId, id), due))
        .returning();
      if (!row || !reminded || row.state === 'resolved') return;
      await tx
        .update(ticket)
        .set({ snoozedUntil: null, snoozedAt: null })
        .where(and(eq(ticket.id, id), ne(ticket.state, 'resolved')));
      await recordAct(tx, row, 'call-back-due', { assigneeId: row.assigneeId ?? undefined });
    });
  return calls.length;
}

/** The number that is to be called, for the assignee and nobody else. */
export async function callBackNumber({ db, vault, who, ticketId }: OnTicket & { vault: Vault }): Promise<string> {
  const [found] = await db
    .select({ ticket, sealed: callBack.sealed, key: contact.key })
    .from(callBack)
    .innerJoin(ticket, eq(ticket.id, callBack.ticketId))
    .innerJoin(contact, eq(contact.id, ticket.contactId))
    .where(eq(callBack.ticketId, ticketId));
  if (!found) throw new Fault('not-found', 'Nobody is to be called here.');
  if (found.ticket.state !== 'assigned' || found.ticket.assigneeId !== who.id)
    throw new Fault('forbidden', 'Only whoever has the ticket sees the number.', 'Take it first.');
  return vault.open(found.key, found.sealed);
}

/** An international number (E.164) without its spaces; undefined where the text is none. */
function readPhoneNumber(typed: string): string | undefined {
  const number = typed
    .normalize('NFKC')
    .replace(/[\s()./-]/g, '')
    .replace(/^00/, '+');
  return /^\+[1-9]\d{7,14}$/.test(number) ? number : undefined;
}
