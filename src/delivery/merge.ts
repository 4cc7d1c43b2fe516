import { asc, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import { Fault } from '../errors.ts';
import type { Vault } from '../privacy/vault.ts';
import type { Tx } from '../store/connection.ts';
import { callBack, contact, conversation, message, ticket } from '../store/schema.ts';

type Contact = typeof contact.$inferSelect;

/**
 * Makes two contacts one: everything of `from` becomes `into`'s, what was sealed with the one's key is sealed with the other's, and `from` is gone.
 * Protection and a block carry over. Whoever calls has made sure that they are one person; two with verified identities of their own are refused.
 */
export async function mergeContacts(tx: Tx, vault: Vault, from: number, into: number): Promise<void> {
  if (from === into) throw new Fault('input.invalid', 'A contact cannot be merged with itself.');
  // In the order of their ids, so that two merges never wait for each other; a receipt that seals something waits here, or we for it.
  const both = await tx
    .select()
    .from(contact)
    .where(inArray(contact.id, [from, into]))
    .orderBy(asc(contact.id))
    .for('update');
  const [gone, stays] = [both.find(({ id }) => id === from), both.find(({ id }) => id === into)];
  if (!gone || !stays) throw new Fault('not-found', 'One of the contacts is gone: erased, or merged already.');
  if (gone.subject && stays.subject)
    throw new Fault(
      'contact.differ',
      'Both contacts have a verified identity of their own: they are two people.',
      'Link their tickets instead.',
    );
  await tx
    .select({ id: conversation.id })
    .from(conversation)
    .where(eq(conversation.contactId, from))
    .orderBy(asc(conversation.id))
    .for('update');
  await sealAnew(tx, vault, gone, stays);
  for (const { table, column } of await hangingOnContacts(tx))
    await tx.execute(
      sql`update ${sql.identifier(table)} set ${sql.identifier(column)} = ${into} where ${sql.identifier(column)} = ${from}`,
    );
  await tx.delete(contact).where(eq(contact.id, from));
  await tx
    .update(contact)
    .set({
      name: stays.name ?? gone.name,
      language: stays.language ?? gone.language,
      tier: stays.tier ?? gone.tier,
      about: stays.about ?? gone.about,
      subject: stays.subject ?? gone.subject,
      protected: stays.protected || gone.protected,
      blockedAt: stays.blockedAt ?? gone.blockedAt,
      createdAt: stays.createdAt < gone.createdAt ? stays.createdAt : gone.createdAt,
    })
    .where(eq(contact.id, into));
}

/** Every table that hangs on a contact, whoever adds one: what a merge forgot would be deleted with the contact. */
async function hangingOnContacts(tx: Tx): Promise<{ table: string; column: string }[]> {
  const { rows } = await tx.execute<{ table: string; column: string }>(sql`
    select c.conrelid::regclass::text as table, a.attname as column from pg_constraint c
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    where c.contype = 'f' and c.confrelid = 'contact'::regclass order by 1`);
  return rows;
}

async function sealAnew(tx: Tx, vault: Vault, gone: Contact, stays: Contact): Promise<void> {
  const anew = (sealed: Buffer) => vault.seal(stays.key, vault.open(gone.key, sealed));
  const messages = await tx
    .select({ id: message.id, sealed: message.sealed })
    .from(message)
    .innerJoin(conversation, eq(conversation.id, message.conversationId))
    .where(sql`${conversation.contactId} = ${gone.id} and ${isNotNull(message.sealed)}`);
  for (const { id, sealed } of messages)
    if (sealed)
      await tx
        .update(message)
        .set({ sealed: anew(sealed) })
        .where(eq(message.id, id));
  const calls = await tx
    .select({ id: callBack.ticketId, sealed: callBack.sealed })
    .from(callBack)
    .innerJoin(ticket, eq(ticket.id, callBack.ticketId))
    .where(eq(ticket.contactId, gone.id));
  for (const { id, sealed } of calls)
    await tx
      .update(callBack)
      .set({ sealed: anew(sealed) })
      .where(eq(callBack.ticketId, id));
}
