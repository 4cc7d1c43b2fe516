import { and, eq, ne } from 'drizzle-orm';
import { openConversation } from '../../conversation/conversation.ts';
import { changeOwner } from '../../conversation/owner.ts';
import { owe } from '../../delivery/owe.ts';
import { Fault } from '../../errors.ts';
import { mask } from '../../privacy/sensitive.ts';
import type { Tx } from '../../store/connection.ts';
import { address, contact, conversation, message, ticket } from '../../store/schema.ts';
import type { Agent } from '../agents/agent.ts';
import type { DeadlinesOf } from '../deadlines/deadlines-of.ts';
import { insertTicket, type Ticket } from '../ticket.ts';
import { lockToRead, type OnTicket, recordAct } from './act.ts';

/** A first word from us. */
export interface Opening {
  addressId: number;
  department: string;
  /** Made by the desk; the same id twice is one conversation. */
  id: string;
  /** Markdown subset. */
  text: string;
}

interface Place {
  address: typeof address.$inferSelect;
  contact: typeof contact.$inferSelect;
}

/**
 * Writes first to the contact of a ticket, on an address that they have written from: a new ticket, the agent's own. Throws where they have
 * one open there, block us or are blocked.
 */
export function startConversation({
  opening,
  deadlinesOf,
  ...on
}: OnTicket & { opening: Opening; deadlinesOf: DeadlinesOf }): Promise<{ started: Ticket; channel: string }> {
  const { db, who } = on;
  return db.transaction(async (tx) => {
    const known = await lockToRead(tx, on);
    const place = await placeAt(tx, known.contactId, opening.addressId);
    if (!who.departments.includes(opening.department) && who.role !== 'supervisor')
      throw new Fault('forbidden', 'You do not work in this department.');
    const { channel } = place.address;
    const said = await saidBefore(tx, place.address.id, opening.id);
    if (said) return { started: said, channel };
    refuseUnheard(place);
    const talk = await openConversation(tx, place.address.id, place.contact.id);
    // Under the row's lock: a turn that hands it over at this moment is before or after us.
    await tx.select({ id: conversation.id }).from(conversation).where(eq(conversation.id, talk.id)).for('update');
    const language = place.contact.language ?? talk.language ?? known.language;
    const started = await insertTicket(tx, {
      conversationId: talk.id,
      contactId: place.contact.id,
      language,
      ...ownTicket(who, opening.department, place, deadlinesOf),
    });
    await changeOwner(tx, talk.id, 'agent');
    await recordAct(tx, started, 'started', { state: 'assigned', reason: 'outbound' }, who.id);
    await owe(tx, {
      conversationId: talk.id,
      addressId: place.address.id,
      author: 'agent',
      reply: { type: 'text', text: mask(opening.text).text },
      by: { agentId: who.id, externalId: opening.id },
    });
    return { started, channel };
  });
}

async function placeAt(tx: Tx, contactId: number, addressId: number): Promise<Place> {
  const [place] = await tx
    .select({ address, contact })
    .from(address)
    .innerJoin(contact, eq(contact.id, address.contactId))
    .where(and(eq(address.id, addressId), eq(contact.id, contactId)));
  if (!place) throw new Fault('not-found', 'This contact has no such address.');
  return place;
}

/** The ticket that the same opening has started before. */
async function saidBefore(tx: Tx, addressId: number, externalId: string): Promise<Ticket | undefined> {
  const [said] = await tx
    .select({ conversationId: message.conversationId })
    .from(message)
    .where(and(eq(message.addressId, addressId), eq(message.externalId, externalId)));
  return said && openTicketOf(tx, said.conversationId);
}

function refuseUnheard({ address: { unreachable }, contact: { blockedAt } }: Place): void {
  if (blockedAt) throw new Fault('contact.blocked', 'This contact is blocked.', 'Unblock them first.');
  if (unreachable) throw new Fault('address.unreachable', 'Nothing can be delivered there.', 'Choose another address.');
}

function ownTicket(who: Agent, department: string, { address: { channel }, contact: { tier } }: Place, deadlinesOf: DeadlinesOf) {
  const now = new Date();
  return {
    department,
    reason: 'outbound',
    state: 'assigned',
    assigneeId: who.id,
    assignedAt: now,
    // Nobody waits for us: our first word is the answer.
    firstAnswerAt: now,
    ...deadlinesOf.ticket({ urgency: 'normal', tier, channel, department }, now),
  } as const;
}

async function openTicketOf(tx: Tx, conversationId: number): Promise<Ticket> {
  const [row] = await tx
    .select()
    .from(ticket)
    .where(and(eq(ticket.conversationId, conversationId), ne(ticket.state, 'resolved')));
  if (!row) throw new Fault('ticket.gone', 'This conversation was started and has ended since.');
  return row;
}
