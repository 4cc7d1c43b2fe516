import type { Queue } from 'bullmq';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Queues } from '../../delivery/queues.ts';
import type { Tx } from '../../store/connection.ts';
import { agent, ticket } from '../../store/schema.ts';
import { linePriority } from '../deadlines/deadline.ts';

/** The waiting tickets of one department, one BullMQ queue each, earliest lineAt first. The table is the truth; a job is the obligation to look. */
export interface Line {
  /** Puts a waiting ticket in line; a repeat has no effect. Its deadlines are looked at. */
  join(waiting: { id: number; place: number; department: string; lineAt: Date; conversationId: number }): Promise<void>;
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
  const name = (department: string) => `line-${department}`;
  const tell = (department: string, act: (queue: Queue) => Promise<unknown>) => queues.tell(name(department), act);
  const jobId = (each: { id: number; place: number }) => `ticket-${each.id}-${each.place}`;
  return {
    async join(waiting) {
      await Promise.all([
        tell(waiting.department, (queue) =>
          queue.add('ticket', { ticket: waiting.id }, { jobId: jobId(waiting), priority: linePriority(waiting.lineAt) }),
        ),
        queues.wake('deadlines', String(waiting.conversationId)),
      ]);
    },
    async leave(gone) {
      await tell(gone.department, (queue) => queue.remove(jobId(gone)));
    },
    async jobs(department) {
      const jobs = await queues.open(name(department)).getJobs(['prioritized', 'waiting'], 0, -1, true);
      return jobs.map((job) => job.id ?? '');
    },
    jobId,
    async drop(department, id) {
      await tell(department, (queue) => queue.remove(id));
    },
  };
}

/** Place of a waiting ticket in its department, from 1. `lineNumber` is left out for one that is about to join: then it comes after all of its minute. */
export async function positionInLine(
  tx: Tx,
  { department, lineAt, lineNumber }: { department: string; lineAt: Date; lineNumber?: number },
): Promise<number> {
  const [row] = await tx
    .select({ before: sql<string>`count(*)` })
    .from(ticket)
    .where(
      and(
        eq(ticket.department, department),
        eq(ticket.state, 'waiting'),
        lineNumber === undefined
          ? sql`${ticket.lineAt} <= ${lineAt}`
          : sql`(${ticket.lineAt}, ${ticket.lineNumber}) < (${lineAt}::timestamptz, ${lineNumber}::bigint)`,
      ),
    );
  return Number(row?.before ?? 0) + 1;
}

/** Minutes until a first answer, as measured: what half of the contacts waited at most, and nine in ten. */
export interface UsualWait {
  half: number;
  most: number;
}

/** Measured on the department's last 50 first answers of 30 days; undefined while there are fewer than 5, for then we do not know. */
export async function usualWait(tx: Tx, department: string): Promise<UsualWait | undefined> {
  const { rows } = await tx.execute<{ half: string | null; most: string | null; n: string }>(sql`
    select count(*) as n, percentile_cont(0.5) within group (order by minutes) as half, percentile_cont(0.9) within group (order by minutes) as most
    from (select extract(epoch from first_answer_at - created_at) / 60 as minutes from ticket
      where department = ${department} and reason <> 'outbound' and first_answer_at > clock_timestamp() - interval '30 days' order by id desc limit 50) last`);
  const [row] = rows;
  if (!row || Number(row.n) < 5 || row.half === null || row.most === null) return undefined;
  const minutes = (value: string) => Math.max(1, Math.ceil(Number(value)));
  return { half: minutes(row.half), most: minutes(row.most) };
}

/** True while somebody of the department is online. */
export async function anybodyThere(tx: Tx, department: string): Promise<boolean> {
  const [row] = await tx
    .select({ id: agent.id })
    .from(agent)
    .where(and(eq(agent.presence, 'online'), isNull(agent.disabledAt), sql`${department} = any(${agent.departments})`))
    .limit(1);
  return row !== undefined;
}
