import { desc, eq } from 'drizzle-orm';
import { mergeContacts } from '../../delivery/merge.ts';
import { Fault } from '../../errors.ts';
import type { Vault } from '../../privacy/vault.ts';
import type { Tx } from '../../store/connection.ts';
import { address, contact, ticket } from '../../store/schema.ts';
import type { Ticket } from '../ticket.ts';
import { lockBoth, type OnTicket, recordAct, ticketByNumber } from './act.ts';

/** One of two contacts that may be the same person, with where they write from and their newest tickets. */
export interface Compared {
  person: typeof contact.$inferSelect;
  channels: string[];
  tickets: Ticket[];
}

// Enough to tell who somebody is.
const mostShown = 5;

/** The ticket's contact beside the one of another ticket, by its number; both must be tickets that the agent may see. */
export function compareContacts({ number, ...on }: OnTicket & { number: string }): Promise<{ into: Compared; from: Compared }> {
  return on.db.transaction(async (tx) => {
    const [into, from] = await lockBoth(tx, on, await ticketByNumber(tx, number));
    if (into.contactId === from.contactId) throw new Fault('input.invalid', 'Both tickets are of one contact already.');
    return { into: await side(tx, into.contactId), from: await side(tx, from.contactId) };
  });
}

/** Merges the contact of another ticket into this ticket's: it cannot be undone. Nothing proves here that they are one person, so only a supervisor may. */
export async function mergeByHand({ vault, number, ...on }: OnTicket & { vault: Vault; number: string }): Promise<Ticket> {
  if (on.who.role !== 'supervisor')
    throw new Fault('forbidden', 'Only a supervisor may merge contacts whose identity is not proven.', 'Link the tickets, and ask one.');
  return on.db.transaction(async (tx) => {
    const [row, other] = await lockBoth(tx, on, await ticketByNumber(tx, number));
    await mergeContacts(tx, vault, other.contactId, row.contactId);
    // Whoever has either of them open hears that they are one now; told once, as both stand in one conversation from here on.
    await recordAct(tx, row, 'merged', { gone: other.contactId, contactId: row.contactId, other: other.number }, on.who.id);
    await recordAct(tx, other, 'merged', { gone: other.contactId, contactId: row.contactId, other: row.number, mirror: true }, on.who.id);
    return row;
  });
}

async function side(db: Tx, contactId: number): Promise<Compared> {
  const [person] = await db.select().from(contact).where(eq(contact.id, contactId));
  if (!person) throw new Fault('not-found', 'This contact is gone.');
  const places = await db.selectDistinct({ channel: address.channel }).from(address).where(eq(address.contactId, contactId));
  const tickets = await db.select().from(ticket).where(eq(ticket.contactId, contactId)).orderBy(desc(ticket.id)).limit(mostShown);
  return { person, channels: places.map(({ channel }) => channel).sort(), tickets };
}
