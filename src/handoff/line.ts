import type { Queue } from 'bullmq';
import { and, asc, eq, sql } from 'drizzle-orm';
import type { Queues } from '../delivery/queues.ts';
import type { Db } from '../store/connection.ts';
import { agent, ticket } from '../store/schema.ts';
import { linePriority } from './deadline.ts';

/** The waiting tickets of one department, one BullMQ queue each, earliest lineAt first. The table is the truth; a job is the obligation to look. */
export interface Line {
  /** Puts a waiting ticket in line; a repeat has no effect. */
  join(waiting: { id: number; place: number; department: string; lineAt: Date }): Promise<void>;
  /** Takes a ticket's job out of the line. */
  leave(gone: { id: number; place: number; department: string }): Promise<void>;
  /** Ids of the jobs in line, in its order. */
  jobs(department: string): Promise<string[]>;
  /** The job of a waiting ticket. */
  jobId(each: { id: number; place: number }): string;
  drop(department: string, jobId: string): Promise<void>;
}

/** The line of people over BullMQ. */
export function createLine(queues: Queues): Line {
  const queue = (department: string): Queue => queues.open(`line-${department}`);
  const jobId = (each: { id: number; place: number }) => `ticket-${each.id}-${each.place}`;
  return {
    async join(waiting) {
      await queue(waiting.department).add(
        'ticket',
        { ticket: waiting.id },
        { jobId: jobId(waiting), priority: linePriority(waiting.lineAt) },
      );
    },
    async leave(gone) {
      await queue(gone.department).remove(jobId(gone));
    },
    async jobs(department) {
      const jobs = await queue(department).getJobs(['prioritized', 'waiting'], 0, -1, true);
      return jobs.map((job) => job.id ?? '');
    },
    jobId,
    async drop(department, id) {
      await queue(department).remove(id);
    },
  };
}

/** How many wait before a ticket in its department, itself included. */
export async function positionInLine(db: Db, department: string, lineAt: Date): Promise<number> {
  const [row] = await db
    .select({ before: sql<string>`count(*)` })
    .from(ticket)
    .where(and(eq(ticket.department, department), eq(ticket.state, 'waiting'), sql`${ticket.lineAt} <= ${lineAt}`));
  return Number(row?.before ?? 0) + 1;
}

/** Minutes until a first answer, measured: the median of the department's last 50; undefined while there are fewer than 5. */
export async function usualWait(db: Db, department: string): Promise<number | undefined> {
  const { rows } = await db.execute<{ minutes: string | null; n: string }>(sql`
    select count(*) as n, percentile_cont(0.5) within group (order by extract(epoch from first_answer_at - created_at) / 60) as minutes
    from (select first_answer_at, created_at from ticket where department = ${department} and first_answer_at is not null order by id desc limit 50) last`);
  const [row] = rows;
  return row && Number(row.n) >= 5 && row.minutes !== null ? Math.max(1, Math.ceil(Number(row.minutes))) : undefined;
}

/** True while somebody of the department is online. */
export async function anybodyThere(db: Db, department: string): Promise<boolean> {
  const [row] = await db
    .select({ id: agent.id })
    .from(agent)
    .where(and(eq(agent.presence, 'online'), sql`${department} = any(${agent.departments})`))
    .orderBy(asc(agent.id))
    .limit(1);
  return row !== undefined;
}
