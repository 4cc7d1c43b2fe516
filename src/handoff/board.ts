import { sql } from 'drizzle-orm';
import type { Db } from '../store/connection.ts';

/** How a department stands. */
export interface DepartmentLoad {
  department: string;
  waiting: number;
  /** Tickets that somebody has. */
  open: number;
  /** Of both: those whose answer is overdue now. */
  late: number;
  /** Deadlines missed since the asked time. */
  breaches: number;
  /** Who waits longest. */
  longest?: { ticketId: number; number: string; since: Date };
}

/** Somebody who works, and how much they have. */
export interface AgentLoad {
  id: number;
  name: string;
  role: 'agent' | 'supervisor';
  presence: 'online' | 'away' | 'offline';
  departments: string[];
  open: number;
  capacity: number;
}

/** Departments with tickets or missed deadlines; costs what is open, not the history. */
export async function readDepartmentLoads(db: Db, since: Date): Promise<DepartmentLoad[]> {
  interface Row extends Record<string, unknown> {
    department: string;
    waiting: string;
    open: string;
    late: string;
    breaches: string;
    longest: { id: number; number: string; since: string } | null;
  }
  const { rows } = await db.execute<Row>(sql`
    with now_open as (
      select department, count(*) filter (where state = 'waiting') as waiting, count(*) filter (where state = 'assigned') as open,
        count(*) filter (where least(case when first_answer_at is null then first_answer_due end, next_answer_due) < now()) as late,
        (array_agg(jsonb_build_object('id', id, 'number', number, 'since', created_at) order by created_at) filter (where state = 'waiting'))[1] as longest
      from ticket where state <> 'resolved' group by department
    ), missed as (
      select data ->> 'department' as department, count(*) as breaches from event
      where kind = 'ticket' and data ->> 'state' = 'breach' and at >= ${since.toISOString()}::timestamptz group by 1
    )
    select coalesce(o.department, m.department) as department, coalesce(o.waiting, 0) as waiting, coalesce(o.open, 0) as open,
      coalesce(o.late, 0) as late, coalesce(m.breaches, 0) as breaches, o.longest
    from now_open o full join missed m on m.department = o.department
    where coalesce(o.department, m.department) is not null`);
  return rows.map(({ department, waiting, open, late, breaches, longest }) => ({
    department,
    waiting: Number(waiting),
    open: Number(open),
    late: Number(late),
    breaches: Number(breaches),
    longest: longest ? { ticketId: longest.id, number: longest.number, since: new Date(longest.since) } : undefined,
  }));
}

/** Everybody who may sign in, with their open tickets; who is there first. */
export async function readAgentLoads(db: Db): Promise<AgentLoad[]> {
  const { rows } = await db.execute<Omit<AgentLoad, 'id' | 'open'> & { id: string; open: string } & Record<string, unknown>>(sql`
    select a.id, a.name, a.role, a.presence, a.departments, a.capacity, count(t.id) as open
    from agent a left join ticket t on t.assignee_id = a.id and t.state = 'assigned'
    where a.disabled_at is null and a.password is not null
    group by a.id order by array_position(array['online', 'away', 'offline'], a.presence), a.name`);
  return rows.map((row) => ({ ...row, id: Number(row.id), open: Number(row.open) }));
}
