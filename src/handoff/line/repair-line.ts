import { and, asc, eq } from 'drizzle-orm';
import type { Log } from '../../log.ts';
import type { Db } from '../../store/connection.ts';
import { ticket } from '../../store/schema.ts';
import type { Line } from './line.ts';

/**
 * Proves that line and list agree and mends the line where they do not (a kill between commit and queue, Redis wiped):
 * every waiting ticket has a job, no other has one. Returns how many it mended.
 */
export async function repairLine(db: Db, line: Line, departments: string[], log: Log): Promise<number> {
  const waited = await db.selectDistinct({ department: ticket.department }).from(ticket).where(eq(ticket.state, 'waiting'));
  let mended = 0;
  for (const department of new Set([...departments, ...waited.map((each) => each.department)])) {
    // First the jobs: a ticket that joins in between is joined again, which has no effect; the other way round its job would be dropped.
    const inLine = await line.jobs(department);
    const expected = await jobsDue(db, line, department);
    for (const id of inLine) {
      if (expected.delete(id)) continue;
      await line.drop(department, id);
      mended++;
    }
    for (const missing of expected.values()) {
      await line.join(missing);
      mended++;
    }
  }
  if (mended > 0) log.warn({ count: mended }, 'line of people mended');
  return mended;
}

/** The waiting tickets of a department by the job that each must have, in order. */
async function jobsDue(db: Db, line: Line, department: string): Promise<Map<string, typeof ticket.$inferSelect>> {
  const waiting = await db
    .select()
    .from(ticket)
    .where(and(eq(ticket.state, 'waiting'), eq(ticket.department, department)))
    .orderBy(asc(ticket.lineAt), asc(ticket.lineNumber));
  return new Map(waiting.map((each) => [line.jobId(each), each]));
}
