import { inArray, type SQL, sql } from 'drizzle-orm';
import { ticket } from '../../store/schema.ts';
import type { Agent } from '../agents/agent.ts';
import type { Ticket } from '../ticket.ts';

/** Whether an agent may see a ticket: supervisors see all departments, agents their own and whatever they have. */
export function sees(who: Agent, { assigneeId, department }: Ticket): boolean {
  return who.role === 'supervisor' || assigneeId === who.id || who.departments.includes(department);
}

/** The same of the tickets of a query; undefined: all of them. */
export function inSight(who: Agent): SQL | undefined {
  if (who.role === 'supervisor') return undefined;
  return sql`(${inDepartments(who)} or ${ticket.assigneeId} = ${who.id})`;
}

/** The tickets of the departments that an agent works in. */
export function inDepartments(who: Agent): SQL {
  return who.departments.length > 0 ? inArray(ticket.department, who.departments) : sql`false`;
}
