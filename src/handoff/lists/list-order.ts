import { asc, desc, type SQL, sql } from 'drizzle-orm';
import { ticket } from '../../store/schema.ts';
import type { Ticket } from '../ticket.ts';
import type { ListName } from './list-name.ts';

/** What a list of open tickets may be sorted by; `line` is the order in which "take next" goes. */
export const sorts = ['line', 'deadline', 'priority'] as const;
export type Sort = (typeof sorts)[number];

/** The deadline that comes next, in SQL. */
const nextDue = sql`coalesce(case when ${ticket.firstAnswerAt} is null then ${ticket.firstAnswerDue} end, ${ticket.nextAnswerDue}, ${ticket.resolutionDue})`;
const rank = sql`case ${ticket.urgency} when 'top' then 0 when 'high' then 1 else 2 end`;

/** The order of a list, for the database. Must agree with `placeIn`. */
export function orderOf(list: ListName, sort: Sort): SQL[] {
  if (list === 'resolved') return [desc(ticket.resolvedAt), desc(ticket.id)];
  if (list === 'snoozed') return [asc(ticket.snoozedUntil), asc(ticket.id)];
  if (sort === 'deadline') return [asc(nextDue), asc(ticket.lineNumber)];
  const line = [asc(ticket.lineAt), asc(ticket.lineNumber)];
  return sort === 'priority' ? [asc(rank), ...line] : line;
}

/** The same as numbers: a desk that has a list puts a changed ticket into its place by them, smallest first. */
export function placeIn(row: Ticket, list: ListName, sort: Sort): number[] {
  if (list === 'resolved') return [-(row.resolvedAt?.getTime() ?? 0), -row.id];
  if (list === 'snoozed') return [row.snoozedUntil?.getTime() ?? 0, row.id];
  if (sort === 'deadline') return [dueOf(row).getTime(), row.lineNumber];
  const line = [row.lineAt.getTime(), row.lineNumber];
  return sort === 'priority' ? [{ top: 0, high: 1, normal: 2 }[row.urgency], ...line] : line;
}

function dueOf({ firstAnswerAt, firstAnswerDue, nextAnswerDue, resolutionDue }: Ticket): Date {
  return firstAnswerAt === null ? firstAnswerDue : (nextAnswerDue ?? resolutionDue);
}
