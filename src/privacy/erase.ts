import { eq, inArray, sql } from 'drizzle-orm';
import type { BytesPlace } from '../store/bytes.ts';
import type { Db, Tx } from '../store/connection.ts';
import { address, attachment, callBack, contact, conversation, event, message, note, survey, ticket } from '../store/schema.ts';

/** Takes a person out of what a channel keeps beside the record, by their addresses there; how many entries changed. */
export type Forget = (tx: Tx, channel: string, addresses: string[]) => Promise<number>;

/** How many rows of each kind went. */
export type Erased = Record<string, number>;

/**
 * Erases a contact: the bytes of their files, then the data key (so that even a copy of sealed bytes in a backup cannot be read), then every row that
 * hangs on them. Returns what went, counted; undefined where there is no such contact. Proves it: bytes that can still be read and rows that stayed are errors.
 */
export async function eraseContact(
  db: Db,
  place: BytesPlace,
  contactId: number,
  forget: Forget = async () => 0,
): Promise<Erased | undefined> {
  // Before the transaction, which must not wait for another server: a file that comes meanwhile is met by the next round.
  const removed = new Set<string>();
  for (;;) {
    const erased = await eraseRows(db, contactId, removed, forget);
    if (erased !== 'more files') return erased && { ...erased, bytes: removed.size };
    for (const { id } of await filesOf(db, contactId)) {
      if (removed.has(id)) continue;
      for (const part of [id, `${id}.preview`]) {
        await place.remove(part);
        if (await place.read(part)) throw new Error(`the bytes of file ${id} are still there after they were removed`);
      }
      removed.add(id);
    }
  }
}

async function eraseRows(db: Db, contactId: number, removed: Set<string>, forget: Forget): Promise<Erased | undefined | 'more files'> {
  return db.transaction(async (tx) => {
    const [known] = await tx.select({ id: contact.id }).from(contact).where(eq(contact.id, contactId)).for('update');
    if (!known) return undefined;
    const files = await filesOf(tx as unknown as Db, contactId);
    if (files.some(({ id }) => !removed.has(id))) return 'more files';
    const before = await countRows(tx as unknown as Db, contactId);
    await tx
      .update(contact)
      .set({ key: Buffer.alloc(0) })
      .where(eq(contact.id, contactId));
    const places = await tx
      .select({ channel: address.channel, value: address.value })
      .from(address)
      .where(eq(address.contactId, contactId));
    let cursors = 0;
    for (const [channel, theirs] of Map.groupBy(places, (each) => each.channel))
      cursors += await forget(
        tx,
        channel,
        theirs.map(({ value }) => value),
      );
    const ids = files.map(({ id }) => id);
    if (ids.length > 0) await tx.delete(attachment).where(inArray(attachment.id, ids));
    await tx.delete(contact).where(eq(contact.id, contactId));
    const after = await countRows(tx as unknown as Db, contactId);
    const left = Object.entries(after).filter(([, count]) => count > 0);
    if (left.length > 0) throw new Error(`rows would stay behind: ${left.map(([name, count]) => `${count} ${name}`).join(', ')}`);
    // That somebody was erased, and when, is a fact that supervisors must find; who is not.
    await tx.insert(event).values({ kind: 'erased', data: { rows: before } });
    return { keys: 1, ...before, cursors };
  });
}

/** Theirs, and what arrived on their addresses and no message names. */
function filesOf(db: Db, contactId: number): Promise<{ id: string }[]> {
  return db
    .select({ id: attachment.id })
    .from(attachment)
    .where(
      sql`${attachment.contactId} = ${contactId} or (${attachment.contactId} is null and exists (
        select 1 from address a where a.contact_id = ${contactId} and a.channel = ${attachment.channel} and a.value = ${attachment.address}))`,
    );
}

async function countRows(db: Db, contactId: number): Promise<Erased> {
  const talks = db.select({ id: conversation.id }).from(conversation).where(eq(conversation.contactId, contactId));
  const tickets = db.select({ id: ticket.id }).from(ticket).where(eq(ticket.contactId, contactId));
  const counts = {
    contact: db.$count(contact, eq(contact.id, contactId)),
    address: db.$count(address, eq(address.contactId, contactId)),
    conversation: db.$count(conversation, eq(conversation.contactId, contactId)),
    message: db.$count(message, inArray(message.conversationId, talks)),
    event: db.$count(event, inArray(event.conversationId, talks)),
    ticket: db.$count(ticket, eq(ticket.contactId, contactId)),
    survey: db.$count(survey, inArray(survey.ticketId, tickets)),
    note: db.$count(note, inArray(note.conversationId, talks)),
    callBack: db.$count(callBack, inArray(callBack.ticketId, tickets)),
    attachment: db.$count(attachment, eq(attachment.contactId, contactId)),
  };
  const counted: Erased = {};
  // One after the other: a transaction has one connection.
  for (const [name, count] of Object.entries(counts)) counted[name] = await count;
  return counted;
}

/** The contact whom a person means: an id, a ticket number, or an address as the channel shows it. Several matches are no match. */
export async function findContact(db: Db, given: string): Promise<number | undefined> {
  const { rows } = await db.execute<{ id: string }>(sql`
    select id from contact where id::text = ${given} or subject = ${given}
    union select contact_id from ticket where number = ${given.toUpperCase()}
    union select contact_id from address where value = ${given}`);
  return rows.length === 1 ? Number(rows[0]?.id) : undefined;
}
