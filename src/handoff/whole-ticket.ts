import { and, asc, eq, isNotNull, isNull, or, sql } from 'drizzle-orm';
import { conversationEvents, latestCursor, type RecordedEvent } from '../conversation/event.ts';
import { Fault } from '../errors.ts';
import type { Db } from '../store/connection.ts';
import { agent, contact, conversation, message, survey } from '../store/schema.ts';
import type { Agent } from './agent.ts';
import { findTicket, type ListedTicket } from './lists.ts';

/** A ticket with everything that an agent sees of it. */
export interface WholeTicket {
  /** Events after it are news to whoever read this. */
  cursor: string;
  listed: ListedTicket;
  talk: typeof conversation.$inferSelect;
  person: typeof contact.$inferSelect;
  answered?: typeof survey.$inferSelect;
  messages: (typeof message.$inferSelect)[];
  /** What happened to the ticket, in line with the messages. */
  events: RecordedEvent[];
  /** Display names of all agents. */
  names: Record<number, string>;
}

/** Reads a ticket that the agent may see; throws `not-found` otherwise. */
export async function readWholeTicket(db: Db, who: Agent, ticketId: number): Promise<WholeTicket> {
  // First the cursor, then the rest: what changes in between is told again, never missed.
  const cursor = await latestCursor(db);
  const listed = await findTicket(db, who, ticketId);
  if (!listed) throw new Fault('not-found', 'There is no such ticket.');
  const { conversationId, contactId } = listed.ticket;
  const [[talk], [person], [answered], messages, events, agents] = await Promise.all([
    db.select().from(conversation).where(eq(conversation.id, conversationId)),
    db.select().from(contact).where(eq(contact.id, contactId)),
    db
      .select()
      .from(survey)
      .where(and(eq(survey.ticketId, ticketId), isNotNull(survey.answeredAt))),
    db
      .select()
      .from(message)
      .where(and(eq(message.conversationId, conversationId), or(isNull(message.delivery), sql`${message.delivery} <> 'withdrawn'`)))
      .orderBy(asc(sql`coalesce(${message.seq}, 2147483647)`), asc(message.id)),
    conversationEvents(db, conversationId),
    db.select({ id: agent.id, name: agent.name }).from(agent),
  ]);
  if (!talk || !person) throw new Fault('not-found', 'This contact was erased.');
  return {
    cursor,
    listed,
    talk,
    person,
    answered,
    messages,
    events: events.filter(({ kind }) => kind === 'ticket' || kind === 'survey'),
    names: Object.fromEntries(agents.map(({ id, name }) => [id, name])),
  };
}
