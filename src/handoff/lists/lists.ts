import { and, asc, eq, inArray, isNotNull, ne, not, type SQL, sql } from 'drizzle-orm';
import { Fault } from '../../errors.ts';
import type { Db } from '../../store/connection.ts';
import { address, agent, contact, conversation, seen, ticket } from '../../store/schema.ts';
import { asleep } from '../acts/snooze.ts';
import type { Agent } from '../agents/agent.ts';
import { inDepartments, inSight } from './in-sight.ts';
import { type Filter, filtered } from './list-filter.ts';
import type { ListName } from './list-name.ts';
import { orderOf, type Sort } from './list-order.ts';

/** A ticket as lists show it. */
export interface ListedTicket {
  ticket: typeof ticket.$inferSelect;
  contact: { id: number; name: string | null; protected: boolean };
  channel: string;
  assignee: string | null;
  preview: string | null;
  /** Number of the contact's newest message, and when it came. */
  heardSeq: number;
  heardAt: Date | null;
  /** How far the agent who asks has read. */
  seenSeq: number | null;
}

/** What is asked of a list beside its name. */
export interface Wish extends Filter {
  /** Default `line`. */
  sort?: Sort;
  /** Only these of its tickets: the ones that have changed. */
  only?: number[];
  /** Only what comes after that ticket in the list of resolved ones. */
  after?: number;
  /** At most so many. Default 500. */
  limit?: number;
}

/** What an agent sees in a list: a query on the database. Resolved ones newest first. */
export function listTickets(db: Db, who: Agent, list: ListName, wish: Wish = {}): Promise<ListedTicket[]> {
  const { sort = 'line', only, after, limit = 500, ...filter } = wish;
  const rest =
    after === undefined ? undefined : sql`(${ticket.resolvedAt}, ${ticket.id}) < (select resolved_at, id from ticket where id = ${after})`;
  return listed(
    db,
    who,
    and(inSight(who), ofList(who, list), filtered(filter), only && inArray(ticket.id, only), rest),
    orderOf(list, sort),
    limit,
  );
}

/** One ticket; throws `not-found` where there is none that the agent may see. */
export async function readTicket(db: Db, who: Agent, ticketId: number): Promise<ListedTicket> {
  const found = await findTicket(db, who, ticketId);
  if (!found) throw new Fault('not-found', 'There is no such ticket.');
  return found;
}

/** The same; undefined where there is none. */
export async function findTicket(db: Db, who: Agent, ticketId: number): Promise<ListedTicket | undefined> {
  const [row] = await listed(db, who, and(inSight(who), eq(ticket.id, ticketId)), [asc(ticket.id)], 1);
  return row;
}

/** How many tickets the lists of open ones have for an agent. */
export async function countTickets(db: Db, who: Agent): Promise<Record<'waiting' | 'mine' | 'all' | 'snoozed', number>> {
  const names = ['waiting', 'mine', 'all', 'snoozed'] as const;
  const count = (list: ListName) => sql<string>`count(*) filter (where ${ofList(who, list) ?? sql`true`})`;
  const [row] = await db
    .select({ waiting: count('waiting'), mine: count('mine'), all: count('all'), snoozed: count('snoozed') })
    .from(ticket)
    .where(and(inSight(who), ne(ticket.state, 'resolved')));
  const of = (name: (typeof names)[number]) => Number(row?.[name] ?? 0);
  return { waiting: of('waiting'), mine: of('mine'), all: of('all'), snoozed: of('snoozed') };
}

function ofList(who: Agent, list: ListName): SQL | undefined {
  switch (list) {
    case 'waiting':
      return and(eq(ticket.state, 'waiting'), who.role === 'supervisor' ? undefined : inDepartments(who));
    case 'mine':
      return and(eq(ticket.state, 'assigned'), eq(ticket.assigneeId, who.id), not(asleep));
    case 'all':
      return ne(ticket.state, 'resolved');
    case 'snoozed':
      return and(ne(ticket.state, 'resolved'), isNotNull(ticket.snoozedUntil), asleep);
    case 'resolved':
      return eq(ticket.state, 'resolved');
  }
}

function listed(db: Db, who: Agent, where: SQL | undefined, order: SQL[], limit: number): Promise<ListedTicket[]> {
  const preview = sql<
    string | null
  >`(select left(m.text, 160) from message m where m.conversation_id = ${ticket.conversationId} and m.author = 'contact' order by m.seq desc limit 1)`;
  return db
    .select({
      ticket,
      contact: { id: contact.id, name: contact.name, protected: contact.protected },
      channel: address.channel,
      assignee: agent.name,
      preview,
      heardSeq: conversation.heardSeq,
      heardAt: conversation.heardAt,
      seenSeq: seen.seq,
    })
    .from(ticket)
    .innerJoin(conversation, eq(conversation.id, ticket.conversationId))
    .innerJoin(address, eq(address.id, conversation.addressId))
    .innerJoin(contact, eq(contact.id, ticket.contactId))
    .leftJoin(agent, eq(agent.id, ticket.assigneeId))
    .leftJoin(seen, and(eq(seen.conversationId, ticket.conversationId), eq(seen.agentId, who.id)))
    .where(where)
    .orderBy(...order)
    .limit(limit);
}
