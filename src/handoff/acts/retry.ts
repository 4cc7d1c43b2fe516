import { and, eq } from 'drizzle-orm';
import { recordEvent } from '../../conversation/event.ts';
import { Fault } from '../../errors.ts';
import { address, message } from '../../store/schema.ts';
import { lockToRead, type OnTicket } from './act.ts';

/** Lets an agent's reply that could not be delivered try again from the start; one that is on its way or has gone stays as it is. Returns where it goes. */
export function retryReply({
  db,
  who,
  ticketId,
  messageId,
}: OnTicket & { messageId: number }): Promise<{ channel: string; conversationId: number } | undefined> {
  return db.transaction(async (tx) => {
    const row = await lockToRead(tx, { who, ticketId });
    const [found] = await tx
      .select({ message, channel: address.channel, contactId: address.contactId })
      .from(message)
      .innerJoin(address, eq(address.id, message.addressId))
      .where(eq(message.id, messageId));
    if (!found || found.contactId !== row.contactId || found.message.author !== 'agent')
      throw new Fault('not-found', 'There is no such reply.');
    const [again] = await tx
      .update(message)
      .set({ delivery: 'pending', attempts: 0, dueAt: null, failure: null })
      .where(and(eq(message.id, messageId), eq(message.delivery, 'failed')))
      .returning({ conversationId: message.conversationId });
    if (!again) return undefined;
    await recordEvent(tx, again.conversationId, { kind: 'delivery', data: { ticketId, messageId, state: 'pending' }, agentId: who.id });
    return { channel: found.channel, conversationId: again.conversationId };
  });
}
