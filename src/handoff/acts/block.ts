import { and, eq, isNull, sql } from 'drizzle-orm';
import { contact, conversation } from '../../store/schema.ts';
import type { Ticket } from '../ticket.ts';
import { lockToRead, type OnTicket, recordAct } from './act.ts';

/** Blocks a contact: what they write from now on is kept, answered by nobody and opens no ticket. What waited for the bot is passed over. */
export function blockContact(on: OnTicket): Promise<Ticket> {
  return on.db.transaction(async (tx) => {
    const row = await lockToRead(tx, on);
    const [blocked] = await tx
      .update(contact)
      .set({ blockedAt: sql`now()` })
      .where(and(eq(contact.id, row.contactId), isNull(contact.blockedAt)))
      .returning({ id: contact.id });
    if (!blocked) return row;
    await tx
      .update(conversation)
      .set({ handledSeq: sql`${conversation.heardSeq}`, waitingSince: null, version: sql`${conversation.version} + 1` })
      .where(and(eq(conversation.contactId, row.contactId), eq(conversation.owner, 'bot')));
    await recordAct(tx, row, 'blocked', { contactId: row.contactId }, on.who.id);
    return row;
  });
}

/** Lets a blocked contact be heard again. */
export function unblockContact(on: OnTicket): Promise<Ticket> {
  return on.db.transaction(async (tx) => {
    const row = await lockToRead(tx, on);
    const [free] = await tx
      .update(contact)
      .set({ blockedAt: null })
      .where(and(eq(contact.id, row.contactId), sql`${contact.blockedAt} is not null`))
      .returning({ id: contact.id });
    if (free) await recordAct(tx, row, 'unblocked', { contactId: row.contactId }, on.who.id);
    return row;
  });
}
