import { and, inArray, lt, or, sql } from 'drizzle-orm';
import type { Queues } from '../../delivery/queues.ts';
import type { Log } from '../../log.ts';
import { metrics } from '../../metrics.ts';
import type { Db } from '../../store/connection.ts';
import { conversation, staffNotice, ticket } from '../../store/schema.ts';

// What is younger has its own wake-up under way.
const minimumAge = sql`clock_timestamp() - interval '2 seconds'`;

/**
 * Finds deadlines and words to staff whose wake-up was lost (a kill, Redis wiped, a process whose clock is wrong) and makes it again: the
 * database's clock decides. Also finds contacts who wrote again to an agent and have no deadline for the answer yet. Returns how many.
 */
export async function sweepDeadlines({ db, queues, log }: { db: Db; queues: Queues; log: Log }): Promise<number> {
  const due = await db
    .select({ id: ticket.conversationId })
    .from(ticket)
    .where(lt(ticket.nextDue, minimumAge))
    .orderBy(ticket.nextDue)
    .limit(500);
  const wrote = await db
    .select({ id: ticket.conversationId })
    .from(ticket)
    .innerJoin(conversation, sql`${conversation.id} = ${ticket.conversationId}`)
    .where(
      sql`${ticket.state} = 'assigned' and ${ticket.firstAnswerAt} is not null and ${ticket.nextAnswerDue} is null and ${ticket.snoozedUntil} is null
        and ${conversation.owner} = 'agent' and ${conversation.waitingSince} < ${minimumAge}`,
    )
    .limit(500);
  const notices = await db
    .select({ id: staffNotice.id })
    .from(staffNotice)
    .where(
      and(
        inArray(staffNotice.state, ['pending', 'sending']),
        lt(staffNotice.dueAt, minimumAge),
        or(sql`${staffNotice.leaseUntil} is null`, lt(staffNotice.leaseUntil, sql`clock_timestamp()`)),
      ),
    )
    .limit(500);
  const lost = [
    ...[...due, ...wrote].map(({ id }) => ({ queue: 'deadlines', id })),
    ...notices.map(({ id }) => ({ queue: 'notices', id })),
  ];
  for (const { queue, id } of lost) {
    await queues.nudge(queue, String(id));
    metrics.swept.inc({ queue });
  }
  if (lost.length > 0) log.info({ count: lost.length }, 'woke deadlines that were left behind');
  return lost.length;
}
