import { and, eq } from 'drizzle-orm';
import type { InboundBody } from '../../conversation/message.ts';
import { Fault } from '../../errors.ts';
import type { Db } from '../../store/connection.ts';
import { conversation, message } from '../../store/schema.ts';
import type { Agent } from '../agents/agent.ts';
import { findTicket } from './lists.ts';

/** All of a message as it arrived, masked, where only what its author wrote themselves is shown in line (a mail with what it quotes). */
export async function readFullMessage(db: Db, who: Agent, ticketId: number, messageId: number): Promise<string> {
  const found = await findTicket(db, who, ticketId);
  const [row] = found
    ? await db
        .select({ body: message.body })
        .from(message)
        .innerJoin(conversation, eq(conversation.id, message.conversationId))
        .where(and(eq(message.id, messageId), eq(conversation.contactId, found.ticket.contactId)))
    : [];
  const full = (row?.body as InboundBody | undefined)?.full;
  if (full === undefined) throw new Fault('not-found', 'There is no more of this message.');
  return full;
}
