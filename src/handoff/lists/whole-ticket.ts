import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import { latestCursor } from '../../conversation/event.ts';
import { Fault } from '../../errors.ts';
import type { Db, Tx } from '../../store/connection.ts';
import { agent, contact, conversation, event, survey } from '../../store/schema.ts';
import type { Agent } from '../agents/agent.ts';
import { type Around, readAround } from './around.ts';
import { type ListedTicket, readTicket } from './lists.ts';
import { readTimeline, type Timeline } from './timeline.ts';

/** A ticket with everything that an agent sees of it. */
export interface WholeTicket extends Timeline {
  /** Events after it are news to whoever read this. */
  cursor: string;
  listed: ListedTicket;
  talk: typeof conversation.$inferSelect;
  person: typeof contact.$inferSelect;
  answered?: typeof survey.$inferSelect;
  around: Around;
  /** Number of the newest thing that the contact did in the ticket's conversation: a message, or one that they changed. */
  newsSeq: number;
  /** Display names of all agents. */
  names: Record<number, string>;
}

/** Messages shown at first, and the most that a reader may ask for. */
export const usualMessages = 100;
export const mostMessages = 3_000;

/** Reads a ticket that the agent may see; throws `not-found` otherwise. `limit`: newest messages of the contact, default 100. */
export async function readWholeTicket(db: Db, who: Agent, ticketId: number, limit = usualMessages): Promise<WholeTicket> {
  // First the cursor, then the rest: what changes in between is told again, never missed.
  const cursor = await latestCursor(db);
  const listed = await readTicket(db, who, ticketId);
  const { conversationId, contactId } = listed.ticket;
  const [[talk], [person], [answered], timeline, around, newsSeq, agents] = await Promise.all([
    db.select().from(conversation).where(eq(conversation.id, conversationId)),
    db.select().from(contact).where(eq(contact.id, contactId)),
    db
      .select()
      .from(survey)
      .where(and(eq(survey.ticketId, ticketId), isNotNull(survey.answeredAt))),
    readTimeline(db, contactId, limit),
    readAround(db, listed.ticket),
    readNewsSeq(db, conversationId),
    db.select({ id: agent.id, name: agent.name }).from(agent),
  ]);
  if (!talk || !person) throw new Fault('not-found', 'This contact was erased.');
  return {
    ...timeline,
    cursor,
    listed,
    talk,
    person,
    answered,
    around,
    newsSeq: Math.max(talk.heardSeq, newsSeq),
    names: Object.fromEntries(agents.map(({ id, name }) => [id, name])),
  };
}

/** Number of the last change that the contact made to a message that was there already; 0 where there is none. A reply must not be built on the old words. */
export async function readNewsSeq(db: Tx, conversationId: number): Promise<number> {
  const [row] = await db
    .select({ seq: sql<number | null>`max(${event.seq})` })
    .from(event)
    .where(and(eq(event.conversationId, conversationId), inArray(event.kind, ['edited', 'deleted'])));
  return row?.seq ?? 0;
}
