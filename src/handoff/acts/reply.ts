import { and, eq } from 'drizzle-orm';
import { recordEvent } from '../../conversation/event.ts';
import type { Reply } from '../../conversation/message.ts';
import { owe } from '../../delivery/owe.ts';
import { Fault } from '../../errors.ts';
import { agentFiles, tieFiles } from '../../files/agent-files.ts';
import { mask } from '../../privacy/sensitive.ts';
import { conversation, message, ticket } from '../../store/schema.ts';
import { readNewsSeq } from '../lists/whole-ticket.ts';
import type { OnTicket } from './act.ts';
import { markAnswered } from './answered.ts';

/** What an agent sends. */
export interface AgentReply {
  /** Made by the desk; the same id twice is one reply. */
  id: string;
  /** Markdown subset. */
  text: string;
  /** Number of the newest contact message that the agent had seen. */
  seenSeq: number;
  /** Ids of files that the agent has put in for this conversation; with files the text may be empty. */
  files?: string[];
  /** Topic whose answer the agent put in: what the contact asked, as a person sees it. */
  topic?: string;
}

/**
 * Stores an agent's reply to a ticket that they have; it goes out even if the ticket is resolved meanwhile.
 * Throws `conversation.stale` where the contact wrote something that the agent has not seen. Returns the message's id.
 */
export function replyTo({ db, who, ticketId, reply }: OnTicket & { reply: AgentReply }): Promise<number> {
  return db.transaction(async (tx) => {
    const [found] = await tx
      .select({ ticket, conversation })
      .from(ticket)
      .innerJoin(conversation, eq(conversation.id, ticket.conversationId))
      .where(eq(ticket.id, ticketId))
      .for('update');
    if (!found) throw new Fault('not-found', 'There is no such ticket.');
    const talk = found.conversation;
    const [sent] = await tx
      .select({ id: message.id })
      .from(message)
      .where(and(eq(message.addressId, talk.addressId), eq(message.externalId, reply.id)));
    if (sent) return sent.id;
    if (found.ticket.state === 'resolved') throw new Fault('ticket.gone', 'This ticket is already resolved.');
    if (found.ticket.assigneeId !== who.id) throw new Fault('ticket.taken', 'Somebody else has this ticket.');
    if (Math.max(talk.heardSeq, await readNewsSeq(tx, talk.id)) > reply.seenSeq)
      throw new Fault('conversation.stale', 'The contact has written since. Read it, then send again.');
    const text = mask(reply.text).text;
    const attachments = await agentFiles(tx, reply.files ?? [], { agentId: who.id, conversationId: talk.id });
    if (!text && attachments.length === 0)
      throw new Fault('input.invalid', 'There is nothing in this reply.', 'Write something, or attach a file.');
    const body: Reply = attachments.length > 0 ? { type: 'attachment', text, attachments } : { type: 'text', text };
    const messageId = await owe(tx, {
      conversationId: talk.id,
      addressId: talk.addressId,
      author: 'agent',
      reply: body,
      by: { agentId: who.id, externalId: reply.id },
    });
    if (messageId === undefined) throw new Error('reply was not stored');
    await tieFiles(tx, attachments, messageId);
    await markAnswered(tx, found.ticket);
    await recordEvent(tx, talk.id, { kind: 'reply', data: { ticketId, messageId, topic: reply.topic }, agentId: who.id });
    return messageId;
  });
}
