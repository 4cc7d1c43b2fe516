import { and, eq, isNull, sql } from 'drizzle-orm';
import type { AboutContact, ChannelEvent, Receipt } from '../conversation/channel.ts';
import { recordEvent } from '../conversation/event.ts';
import { mask } from '../privacy/sensitive.ts';
import type { Db } from '../store/connection.ts';
import { address, contact, conversation, message } from '../store/schema.ts';

type Change = Exclude<ChannelEvent, { event: 'message' }>;

/** Stores what happened to an address or an earlier message: edited, deleted, unreachable, moved. Unknown addresses have no effect. */
export async function applyChange(db: Db, channel: string, change: Change): Promise<Receipt> {
  const [place] = await db
    .select()
    .from(address)
    .where(and(eq(address.channel, channel), eq(address.value, change.address)));
  if (!place) return { repeated: true };
  switch (change.event) {
    case 'edited':
    case 'deleted':
      return changeMessage(db, place.id, change);
    case 'unreachable':
      await db.update(address).set({ unreachable: change.code }).where(eq(address.id, place.id));
      return { repeated: false };
    case 'moved':
      await db.update(address).set({ value: change.to }).where(eq(address.id, place.id));
      return { repeated: false };
    case 'ended':
      await endConversation(db, place.id);
      return { repeated: false };
    case 'about':
      await keepAbout(db, place.contactId, change.about);
      return { repeated: false };
    case 'typing':
      return { repeated: false };
  }
}

async function changeMessage(db: Db, addressId: number, change: Extract<Change, { id: string }>): Promise<Receipt> {
  return db.transaction(async (tx) => {
    const [row] = await tx
      .select()
      .from(message)
      .where(and(eq(message.addressId, addressId), eq(message.externalId, change.id)))
      .for('update');
    if (!row) return { repeated: true };
    const masked = change.event === 'edited' ? mask(change.text.replaceAll('\0', '').toWellFormed()) : { text: '', findings: [] };
    if (row.text === masked.text) return { repeated: true };
    await tx.update(message).set({ text: masked.text, findings: masked.findings }).where(eq(message.id, row.id));
    const seq = await recordEvent(tx, row.conversationId, { kind: change.event, data: { messageId: row.id } });
    return { messageId: row.id, seq, text: masked.text, repeated: false };
  });
}

/** What somebody says of themselves never replaces what was signed. */
async function keepAbout(db: Db, contactId: number, { player, email, verified }: AboutContact): Promise<void> {
  const clean = (text: string | undefined) => text && mask(text.replaceAll('\0', '').toWellFormed()).text;
  const about = { player: clean(player), email: clean(email), verified };
  await db
    .update(contact)
    .set({ about })
    .where(and(eq(contact.id, contactId), verified ? sql`true` : sql`(${contact.about} ->> 'verified') is distinct from 'true'`));
}

/** The contact has ended the chat: what they write next begins a new conversation. One that people have stays open for them. */
async function endConversation(db: Db, addressId: number): Promise<void> {
  await db.transaction(async (tx) => {
    const [open] = await tx
      .select()
      .from(conversation)
      .where(and(eq(conversation.addressId, addressId), isNull(conversation.closedAt)))
      .for('update');
    if (!open) return;
    await recordEvent(tx, open.id, { kind: 'ended' });
    if (open.owner === 'bot')
      await tx
        .update(conversation)
        .set({ closedAt: sql`now()`, version: sql`${conversation.version} + 1`, waitingSince: null })
        .where(eq(conversation.id, open.id));
  });
}
