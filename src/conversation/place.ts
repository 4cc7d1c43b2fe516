import { eq } from 'drizzle-orm';
import { Fault } from '../errors.ts';
import type { Tx } from '../store/connection.ts';
import { address, contact, conversation } from '../store/schema.ts';

/** Where a conversation is held and what its contact is due; throws `not-found` where it was erased. */
export async function placeOf(tx: Tx, conversationId: number): Promise<{ channel: string; address: string; tier: string | null }> {
  const [row] = await tx
    .select({ channel: address.channel, address: address.value, tier: contact.tier })
    .from(conversation)
    .innerJoin(address, eq(address.id, conversation.addressId))
    .innerJoin(contact, eq(contact.id, conversation.contactId))
    .where(eq(conversation.id, conversationId));
  if (!row) throw new Fault('not-found', 'This conversation was erased.');
  return row;
}
