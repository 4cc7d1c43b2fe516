import { and, eq, isNull, sql } from 'drizzle-orm';
import type { AboutContact, ChannelEvent } from '../conversation/channel.ts';
import { recordEvent } from '../conversation/event.ts';
import { mask } from '../privacy/sensitive.ts';
import type { Vault } from '../privacy/vault.ts';
import { storableText } from '../storable-text.ts';
import type { Db } from '../store/connection.ts';
import { address, contact, conversation } from '../store/schema.ts';
import { type Changed, deleteMessage, editMessage } from './changed-message.ts';

type Change = Exclude<ChannelEvent, { event: 'message' }>;

/** Stores what happened to an address or an earlier message: edited, deleted, unreachable, moved. Unknown addresses have no effect. */
export async function applyChange({ db, vault }: { db: Db; vault: Vault }, channel: string, change: Change): Promise<Changed> {
  const [place] = await db
    .select()
    .from(address)
    .where(and(eq(address.channel, channel), eq(address.value, change.address)));
  if (!place) return { repeated: true };
  switch (change.event) {
    case 'edited':
      return editMessage({ db, vault }, place, change);
    case 'deleted':
      return deleteMessage(db, place.id, change.id);
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

/** What somebody says of themselves never replaces what was signed. */
async function keepAbout(db: Db, contactId: number, { player, email, verified }: AboutContact): Promise<void> {
  const clean = (text: string | undefined) => text && mask(storableText(text)).text;
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
