import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { Tx } from '../../store/connection.ts';
import { ticket } from '../../store/schema.ts';
import type { Ticket } from '../ticket.ts';
import type { Offered } from './eligible.ts';

/** A waiting ticket as it is offered to agents. */
export interface WaitingTicket extends Offered {
  id: number;
  place: number;
  urgency: Ticket['urgency'];
}

/** What waits in departments, in the line's order. The language is left out where nobody of the department speaks it: then any agent is better than none. */
export async function readWaiting(tx: Tx, departments: string[], limit: number): Promise<WaitingTicket[]> {
  if (departments.length === 0) return [];
  const spoken = sql<boolean>`exists (select from agent a where a.disabled_at is null and ticket.department = any(a.departments)
    and (a.languages = '{}' or ticket.language = any(a.languages)))`;
  const rows = await tx
    .select({ ticket, spoken })
    .from(ticket)
    .where(and(eq(ticket.state, 'waiting'), inArray(ticket.department, departments)))
    .orderBy(asc(ticket.lineAt), asc(ticket.lineNumber))
    .limit(limit);
  return rows.map((row) => {
    const { id, place, urgency, department, level, levelBy, language } = row.ticket;
    return { id, place, urgency, department, level, levelBy, language: row.spoken ? language : undefined };
  });
}
