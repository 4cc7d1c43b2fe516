import { and, eq, ne } from 'drizzle-orm';
import { openConversation } from '../conversation/conversation.ts';
import type { Reply } from '../conversation/message.ts';
import { changeOwner } from '../conversation/owner.ts';
import { Fault } from '../errors.ts';
import { mask } from '../privacy/sensitive.ts';
import type { Db, Tx } from '../store/connection.ts';
import { address, contact, conversation, message, ticket } from '../store/schema.ts';
import { lockToRead, recordAct } from './act.ts';
import type { Agent } from './agent.ts';
import type { DeadlinesOf } from './deadlines-of.ts';
import { insertTicket, type Ticket } from './ticket.ts';

/** A first word from us. */
export interface Opening {
  /** The ticket from which the agent knows the contact; the two are of one contact. */
  ticketId: number;
  addressId: number;
  department: string;
  /** Made by the desk; the same id twice is one conversation. */
  id: string;
  /** Markdown subset. */
  text: string;
}

/** Writes to a contact first, on an address that they have written from: a new ticket, the agent's own. Throws where they have one open there, block us or are blocked. */
export function startConversation(
  db: Db,
  who: Agent,
  opening: Opening,
  deadlinesOf: DeadlinesOf,
): Promise<{ started: Ticket; channel: string }> {
  return db.transaction(async (tx) => {
    const known = await lockToRead(tx, who, opening.ticketId);
    const [place] = await tx
      .select({ address, contact })
      .from(address)
      .innerJoin(contact, eq(contact.id, address.contactId))
      .where(eq(address.id, opening.addressId));
    if (!place || place.contact.id !== known.contactId) throw new Fault('not-found', 'This contact has no such address.');
    if (!who.departments.includes(opening.department) && who.role !== 'supervisor')
      throw new Fault('forbidden', 'You do not work in this department.');
    const [said] = await tx
      .select({ conversationId: message.conversationId })
      .from(message)
      .where(and(eq(message.addressId, place.address.id), eq(message.externalId, opening.id)));
    if (said) return { started: await openTicketOf(tx, said.conversationId), channel: place.address.channel };
    if (place.contact.blockedAt) throw new Fault('contact.blocked', 'This contact is blocked.', 'Unblock them first.');
    if (place.address.unreachable) throw new Fault('address.unreachable', 'Nothing can be delivered there.', 'Choose another address.');
    const talk = await openConversation(tx, place.address.id, place.contact.id);
    // Under the row's lock: a turn that hands it over at this moment is before or after us.
    await tx.select({ id: conversation.id }).from(conversation).where(eq(conversation.id, talk.id)).for('update');
    const now = new Date();
    const language = place.contact.language ?? talk.language ?? known.language;
    const started = await insertTicket(tx, {
      conversationId: talk.id,
      contactId: place.contact.id,
      department: opening.department,
      reason: 'outbound',
      language,
      state: 'assigned',
      assigneeId: who.id,
      assignedAt: now,
      // Nobody waits for us: our first word is the answer.
      firstAnswerAt: now,
      ...deadlinesOf.ticket(
        { urgency: 'normal', tier: place.contact.tier, channel: place.address.channel, department: opening.department },
        now,
      ),
    });
    await changeOwner(tx, talk.id, 'agent');
    await recordAct(tx, started, 'started', { state: 'assigned', reason: 'outbound' }, who.id);
    const body: Reply = { type: 'text', text: mask(opening.text).text };
    await tx.insert(message).values({
      conversationId: talk.id,
      addressId: place.address.id,
      author: 'agent',
      agentId: who.id,
      externalId: opening.id,
      text: body.text,
      body,
      fence: 'none',
      delivery: 'pending',
    });
    return { started, channel: place.address.channel };
  });
}

async function openTicketOf(tx: Tx, conversationId: number): Promise<Ticket> {
  const [row] = await tx
    .select()
    .from(ticket)
    .where(and(eq(ticket.conversationId, conversationId), ne(ticket.state, 'resolved')));
  if (!row) throw new Fault('ticket.gone', 'This conversation was started and has ended since.');
  return row;
}
