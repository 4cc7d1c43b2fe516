import { and, eq, sql } from 'drizzle-orm';
import { type Tx, Vanished } from '../store/connection.ts';
import { address, contact } from '../store/schema.ts';
import type { Origin } from './channel.ts';

/** The person who writes, as stored. */
export type Contact = typeof contact.$inferSelect;
/** Where a contact writes from, as stored; `value` is for the channel alone to read. */
export type Address = typeof address.$inferSelect;

/** Makes the wrapped data key of a new contact. */
export type NewKey = () => Buffer;

/**
 * The address and its contact, made where they are new. Two messages of a new contact at once make one contact.
 * A verified subject that is already known gets the address as one more of theirs.
 */
export async function findOrCreateAddress(
  tx: Tx,
  channel: string,
  origin: Origin,
  newKey: NewKey,
): Promise<{ address: Address; contact: Contact }> {
  const known = await findAddress(tx, channel, origin.address);
  if (known) return { address: known.address, contact: await refresh(tx, known.contact, origin) };
  const owner = await findOrCreateContact(tx, origin, newKey);
  const [made] = await tx.insert(address).values({ contactId: owner.id, channel, value: origin.address }).onConflictDoNothing().returning();
  if (made) return { address: made, contact: owner };
  // Somebody was faster: take theirs and leave no orphan.
  if (!origin.contact?.subject) await tx.delete(contact).where(eq(contact.id, owner.id));
  const theirs = await findAddress(tx, channel, origin.address);
  if (!theirs) throw new Error('address vanished while it was made');
  return theirs;
}

/** The contact has chosen a language: it holds whatever they write in. */
export async function fixLanguage(tx: Tx, contactId: number, language: string): Promise<void> {
  await tx.update(contact).set({ language }).where(eq(contact.id, contactId));
}

/** The contact's wrapped key, theirs until the transaction ends: a merge that would seal everything anew waits for what is sealed with it. */
export async function holdKey(tx: Tx, contactId: number): Promise<Buffer> {
  const [row] = await tx.select({ key: contact.key }).from(contact).where(eq(contact.id, contactId)).for('share');
  if (!row) throw new Vanished('the contact was merged or erased at this moment');
  return row.key;
}

async function findAddress(tx: Tx, channel: string, value: string): Promise<{ address: Address; contact: Contact } | undefined> {
  const [row] = await tx
    .select({ address, contact })
    .from(address)
    .innerJoin(contact, eq(contact.id, address.contactId))
    .where(and(eq(address.channel, channel), eq(address.value, value)));
  return row;
}

async function findOrCreateContact(tx: Tx, origin: Origin, newKey: NewKey): Promise<Contact> {
  const { subject, name, tier } = origin.contact ?? {};
  const [row] = await tx
    .insert(contact)
    .values({ subject, name, tier, key: newKey() })
    .onConflictDoUpdate({ target: contact.subject, set: { subject: sql`excluded.subject` } })
    .returning();
  if (!row) throw new Error('contact was not made');
  return row;
}

async function refresh(tx: Tx, known: Contact, origin: Origin): Promise<Contact> {
  const name = origin.contact?.name ?? known.name;
  const tier = origin.contact?.tier ?? known.tier;
  if (name === known.name && tier === known.tier) return known;
  await tx.update(contact).set({ name, tier }).where(eq(contact.id, known.id));
  return { ...known, name, tier };
}
