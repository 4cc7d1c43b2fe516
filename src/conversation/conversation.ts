import { and, eq, isNull } from 'drizzle-orm';
import type { Tx } from '../store/connection.ts';
import { conversation } from '../store/schema.ts';

/** A conversation, as stored. */
export type Conversation = typeof conversation.$inferSelect;
/** Who answers: the bot, nobody yet of those who wait in line, or a person. */
export type Owner = Conversation['owner'];

/** The open conversation of an address, made where there is none (one open at a time: unique partial index). `language`: the channel's hint, until the contact's own words tell. */
export async function openConversation(tx: Tx, addressId: number, contactId: number, language?: string): Promise<Conversation> {
  const open = and(eq(conversation.addressId, addressId), isNull(conversation.closedAt));
  const [known] = await tx.select().from(conversation).where(open);
  if (known) return known;
  const [made] = await tx.insert(conversation).values({ addressId, contactId, language }).onConflictDoNothing().returning();
  if (made) return made;
  const [theirs] = await tx.select().from(conversation).where(open);
  if (!theirs) throw new Error('conversation vanished while it was opened');
  return theirs;
}
