import { and, asc, eq, inArray, isNotNull, isNull, lt, or, sql } from 'drizzle-orm';
import type { Log } from '../log.ts';
import { metrics } from '../metrics.ts';
import type { Db } from '../store/connection.ts';
import { address, conversation, message } from '../store/schema.ts';
import type { Queues } from './queues.ts';

// Younger obligations have a wake-up on its way; a sweep that took them would only double the work.
const minimumAge = sql`clock_timestamp() - interval '5 seconds'`;
// More jobs than this wait because there is much to do, not because wake-ups were lost.
const busy = 1_000;

/** Finds obligations whose wake-up was lost (a kill after the commit, Redis wiped) and makes it again. Returns how many. */
export async function sweep(parts: { db: Db; queues: Queues; log: Log }): Promise<number> {
  const { db, queues, log } = parts;
  const turns = await db
    .select({ id: conversation.id })
    .from(conversation)
    .where(
      and(
        isNotNull(conversation.waitingSince),
        eq(conversation.owner, 'bot'),
        isNull(conversation.closedAt),
        lt(conversation.heardAt, minimumAge),
      ),
    )
    .orderBy(asc(conversation.waitingSince))
    .limit(500);
  // Only the first of a conversation counts: those behind one that waits for its time wait with it.
  const first = db
    .selectDistinctOn([message.conversationId], {
      id: message.conversationId,
      channel: address.channel,
      createdAt: message.createdAt,
      dueAt: message.dueAt,
      leaseUntil: message.leaseUntil,
    })
    .from(message)
    .innerJoin(address, eq(address.id, message.addressId))
    .where(inArray(message.delivery, ['pending', 'sending']))
    .orderBy(asc(message.conversationId), asc(message.id))
    .as('first');
  const owed = await db
    .select({ id: first.id, channel: first.channel })
    .from(first)
    .where(
      and(
        lt(first.createdAt, minimumAge),
        or(isNull(first.dueAt), lt(first.dueAt, minimumAge)),
        or(isNull(first.leaseUntil), lt(first.leaseUntil, sql`clock_timestamp()`)),
      ),
    )
    .limit(500);
  const left = [
    ...turns.map(({ id }) => ({ queue: 'turns', id })),
    ...owed.map(({ id, channel }) => ({ queue: `deliveries-${channel}`, id })),
  ];
  const skipped = new Set<string>();
  for (const queue of new Set(left.map((each) => each.queue))) if ((await queues.waiting(queue)) > busy) skipped.add(queue);
  const lost = left.filter((each) => !skipped.has(each.queue));
  for (const { queue, id } of lost) {
    await queues.nudge(queue, String(id));
    metrics.swept.inc({ queue });
  }
  if (lost.length > 0) log.info({ count: lost.length }, 'woke obligations that were left behind');
  return lost.length;
}
