import { and, asc, desc, eq, inArray, ne, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../store/connection.ts';
import { address, agent, contact, conversation, ticket } from '../store/schema.ts';
import type { Agent } from './agent.ts';

export const listNames = ['waiting', 'mine', 'all', 'resolved'] as const;
export type ListName = (typeof listNames)[number];

/** A ticket as lists show it. */
export interface ListedTicket {
  ticket: typeof ticket.$inferSelect;
  contact: { id: number; name: string | null };
  channel: string;
  assignee: string | null;
  preview: string | null;
}

/** What an agent sees in a list: a query on the database, in the line's order. Resolved ones newest first. */
export async function listTickets(db: Db, who: Agent, list: ListName, limit = 500): Promise<ListedTicket[]> {
  return listed(
    db,
    and(mayRead(who), ofList(who, list)),
    list === 'resolved' ? [desc(ticket.resolvedAt)] : [asc(ticket.lineAt), asc(ticket.lineNumber)],
    limit,
  );
}

/** One ticket, where the agent may see it. */
export async function findTicket(db: Db, who: Agent, ticketId: number): Promise<ListedTicket | undefined> {
  const [row] = await listed(db, and(mayRead(who), eq(ticket.id, ticketId)), [asc(ticket.id)], 1);
  return row;
}

/** How many wait for an agent and how many they have. */
export async function countTickets(db: Db, who: Agent): Promise<{ waiting: number; mine: number }> {
  const [row] = await db
    .select({
      waiting: sql<string>`count(*) filter (where ${ofList(who, 'waiting')})`,
      mine: sql<string>`count(*) filter (where ${ofList(who, 'mine')})`,
    })
    .from(ticket)
    .where(and(mayRead(who), ne(ticket.state, 'resolved')));
  return { waiting: Number(row?.waiting ?? 0), mine: Number(row?.mine ?? 0) };
}

/** Supervisors see all departments, agents their own and whatever they have. */
function mayRead(who: Agent): SQL | undefined {
  if (who.role === 'supervisor') return undefined;
  const departments = who.departments.length > 0 ? inArray(ticket.department, who.departments) : sql`false`;
  return sql`(${departments} or ${ticket.assigneeId} = ${who.id})`;
}

function ofList(who: Agent, list: ListName): SQL | undefined {
  const mine = who.departments.length > 0 ? inArray(ticket.department, who.departments) : sql`false`;
  switch (list) {
    case 'waiting':
      return and(eq(ticket.state, 'waiting'), who.role === 'supervisor' ? undefined : mine);
    case 'mine':
      return and(eq(ticket.state, 'assigned'), eq(ticket.assigneeId, who.id));
    case 'all':
      return ne(ticket.state, 'resolved');
    case 'resolved':
      return eq(ticket.state, 'resolved');
  }
}

function listed(db: Db, where: SQL | undefined, order: SQL[], limit: number): Promise<ListedTicket[]> {
  const preview = sql<
    string | null
  >`(select left(m.text, 160) from message m where m.conversation_id = ${ticket.conversationId} and m.author = 'contact' order by m.seq desc limit 1)`;
  return db
    .select({ ticket, contact: { id: contact.id, name: contact.name }, channel: address.channel, assignee: agent.name, preview })
    .from(ticket)
    .innerJoin(conversation, eq(conversation.id, ticket.conversationId))
    .innerJoin(address, eq(address.id, conversation.addressId))
    .innerJoin(contact, eq(contact.id, ticket.contactId))
    .leftJoin(agent, eq(agent.id, ticket.assigneeId))
    .where(where)
    .orderBy(...order)
    .limit(limit);
}
