import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Knowledge } from '../../kb/topic.ts';
import type { Db, Tx } from '../../store/connection.ts';
import { agent, ticket } from '../../store/schema.ts';
import { type Agent, openTickets } from '../agents/agent.ts';
import type { Ticket } from '../ticket.ts';
import { assign } from './claim.ts';
import { type Candidate, eligible } from './eligible.ts';
import type { Line } from './line.ts';
import { readWaiting, type WaitingTicket } from './waiting.ts';

interface Parts {
  db: Db;
  line: Line;
  knowledge(): Knowledge;
}

type Free = Agent & Candidate & { idleSince: Date | null };

/**
 * Gives what waits in departments with `autoAssign` to agents who may take it, first of the line first: to the least loaded, among those to whoever
 * has been given nothing for longest. Many processes may do it at once: an agent's row and the ticket's state are taken in one transaction.
 */
export function createAssignment({ db, line, knowledge }: Parts): () => Promise<number> {
  return async () => {
    const departments = knowledge()
      .departments.filter(({ autoAssign }) => autoAssign)
      .map(({ id }) => id);
    if (departments.length === 0) return 0;
    const waiting = await readWaiting(db, departments, 500);
    if (waiting.length === 0) return 0;
    const free = await readFree(db);
    let given = 0;
    for (const next of waiting) {
      const taken = await giveAway(db, next, free);
      if (!taken) continue;
      given++;
      await line.leave(taken);
    }
    return given;
  };
}

/** The best agent for a ticket now: least loaded for their capacity, longest idle. */
function bestFor<T extends Candidate & { idleSince: Date | null }>(next: WaitingTicket, agents: T[]): T | undefined {
  const load = ({ open, capacity }: Candidate) => open / Math.max(1, capacity);
  const idle = (each: T) => each.idleSince?.getTime() ?? 0;
  return agents.filter((each) => !eligible(each, next)).sort((one, other) => load(one) - load(other) || idle(one) - idle(other))[0];
}

async function giveAway(db: Db, next: WaitingTicket, free: Free[]): Promise<Ticket | undefined> {
  for (;;) {
    const best = bestFor(next, free);
    if (!best) return undefined;
    const taken = await db.transaction((tx) => give(tx, next, best));
    if (taken !== 'changed') return taken;
  }
}

// The agent as they are now, under their row lock: elsewhere they may have taken one, gone away or been disabled since.
async function give(tx: Tx, next: WaitingTicket, best: Free): Promise<Ticket | 'changed' | undefined> {
  const [now] = await tx.select().from(agent).where(eq(agent.id, best.id)).for('no key update');
  Object.assign(best, now ?? { disabledAt: new Date() }, { open: await openTickets(tx, best.id) });
  if (eligible(best, next)) return 'changed';
  const taken = await assign(tx, best, eq(ticket.id, next.id), true);
  if (taken) Object.assign(best, { open: best.open + 1, idleSince: taken.assignedAt });
  return taken;
}

async function readFree(db: Db): Promise<Free[]> {
  const rows = await db
    .select({
      agent,
      open: sql<string>`(select count(*) from ticket t where t.assignee_id = agent.id and t.state = 'assigned')`,
      idleSince: sql<string | null>`(select max(t.assigned_at) from ticket t where t.assignee_id = agent.id)`,
    })
    .from(agent)
    .where(and(eq(agent.presence, 'online'), isNull(agent.disabledAt)));
  return rows.map((row) => ({ ...row.agent, open: Number(row.open), idleSince: row.idleSince === null ? null : new Date(row.idleSince) }));
}
