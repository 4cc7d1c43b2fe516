import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { Fault } from '../../errors.ts';
import type { Db, Tx } from '../../store/connection.ts';
import { agent, ticket } from '../../store/schema.ts';

/** Somebody who works at the desk, as stored; `password` null: invited, and never signed in. */
export type Agent = typeof agent.$inferSelect;

/** What is needed to add somebody. */
export interface NewAgent {
  email: string;
  name: string;
  role: 'agent' | 'supervisor';
  departments: string[];
  languages: string[];
}

/** Adds an agent without a password; they set one with an invitation. Throws where the e-mail is taken. */
export async function addAgent(tx: Tx, wish: NewAgent): Promise<Agent> {
  const [row] = await tx
    .insert(agent)
    .values({ ...wish, email: wish.email.trim().toLowerCase() })
    .onConflictDoNothing()
    .returning();
  if (!row)
    throw new Fault(
      'input.invalid',
      `There is already an agent with the e-mail ${wish.email}.`,
      'Give them a new link (destek agent link, or the agents page of the desk), or use another address.',
    );
  return row;
}

/** All agents, by name. */
export function listAgents(db: Db): Promise<Agent[]> {
  return db.select().from(agent).orderBy(asc(agent.name));
}

/** Tickets that an agent has now. */
export async function openTickets(tx: Tx, agentId: number): Promise<number> {
  const [row] = await tx
    .select({ open: sql<string>`count(*)` })
    .from(ticket)
    .where(and(eq(ticket.assigneeId, agentId), eq(ticket.state, 'assigned')));
  return Number(row?.open ?? 0);
}

/** True while nobody can supervise: then the start prints a first-run link. */
export async function needsSupervisor(db: Db): Promise<boolean> {
  const [row] = await db
    .select({ id: agent.id })
    .from(agent)
    .where(and(eq(agent.role, 'supervisor'), isNull(agent.disabledAt), sql`${agent.password} is not null`))
    .limit(1);
  return row === undefined;
}
