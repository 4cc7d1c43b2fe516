import { and, eq, ne, not, sql } from 'drizzle-orm';
import type { Db } from '../../store/connection.ts';
import { agent, ticket } from '../../store/schema.ts';
import { asleep } from '../acts/snooze.ts';

/** Without a heartbeat for so long an agent counts as gone: longer than a reload or a tunnel, shorter than a coffee. Seconds. */
export const graceSeconds = 45;

/** Sets what an agent says of themselves, and their heartbeat. */
export async function setPresence(db: Db, agentId: number, presence: 'online' | 'away' | 'offline'): Promise<void> {
  await db
    .update(agent)
    .set({ presence, away: presence === 'away', seenAt: sql`now()` })
    .where(eq(agent.id, agentId));
}

/** A sign of life from an open desk; it brings back who had been counted as gone, as what they had said of themselves. */
export async function beat(db: Db, agentId: number): Promise<void> {
  await db
    .update(agent)
    .set({
      seenAt: sql`now()`,
      presence: sql`case when ${agent.presence} <> 'offline' then ${agent.presence} when ${agent.away} then 'away' else 'online' end`,
    })
    .where(eq(agent.id, agentId));
}

/** Marks agents without a heartbeat as offline and lists their tickets, which go back to the line. */
export async function findGone(db: Db): Promise<{ ticketId: number; agentId: number }[]> {
  await db
    .update(agent)
    .set({ presence: 'offline' })
    .where(and(ne(agent.presence, 'offline'), sql`${agent.seenAt} < now() - ${graceSeconds} * interval '1 second'`));
  return db
    .select({ ticketId: ticket.id, agentId: agent.id })
    .from(ticket)
    .innerJoin(agent, eq(agent.id, ticket.assigneeId))
    .where(
      and(
        eq(ticket.state, 'assigned'),
        eq(agent.presence, 'offline'),
        // What sleeps is nobody's work now; it goes back when it wakes.
        not(asleep),
        sql`coalesce(${agent.seenAt}, ${ticket.assignedAt}) < now() - ${graceSeconds} * interval '1 second'`,
      ),
    );
}
