import { asc, eq } from 'drizzle-orm';
import type { Log } from '../log.ts';
import type { Db } from '../store/connection.ts';
import { ticket } from '../store/schema.ts';
import type { Line } from './line.ts';

/**
 * Proves that line and list agree and mends the line where they do not (a kill between commit and queue, Redis wiped):
 * every waiting ticket has a job, no other has one. Returns how many it mended.
 */
export async function repairLine(db: Db, line: Line, departments: string[], log: Log): Promise<number> {
  const waiting = await db.select().from(ticket).where(eq(ticket.state, 'waiting')).orderBy(asc(ticket.lineAt), asc(ticket.lineNumber));
  let mended = 0;
  for (const department of new Set([...departments, ...waiting.map((each) => each.department)])) {
    const inLine = await line.jobs(department);
    const expected = new Map(waiting.filter((each) => each.department === department).map((each) => [line.jobId(each), each]));
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
