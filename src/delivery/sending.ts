import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { Db } from '../store/connection.ts';
import { address, message } from '../store/schema.ts';

/** A sender renews its lease while the channel works; after a kill anybody may take over when it has run out. Milliseconds. */
export const leaseMs = 7_000;

type Row = typeof message.$inferSelect;

/** A reply that has not gone out, and where to. `wait`: milliseconds until it may. */
export type Owed = Row & { place: string; unreachable: string | null; wait: number };

/** The first reply of the conversation that has not gone out. */
export async function nextOwed(db: Db, conversationId: number): Promise<Owed | undefined> {
  const until = sql<string>`case ${message.delivery} when 'sending' then ${message.leaseUntil} else ${message.dueAt} end`;
  const [row] = await db
    .select({
      row: message,
      place: address.value,
      unreachable: address.unreachable,
      wait: sql<string>`ceil(extract(epoch from greatest(${until} - clock_timestamp(), interval '0')) * 1000)`,
    })
    .from(message)
    .innerJoin(address, eq(address.id, message.addressId))
    .where(and(eq(message.conversationId, conversationId), inArray(message.delivery, ['pending', 'sending'])))
    .orderBy(asc(message.id))
    .limit(1);
  return row && { ...row.row, place: row.place, unreachable: row.unreachable, wait: Number(row.wait ?? 0) };
}

/**
 * pending → sending, in one statement that takes the conversation's row lock first: a fenced reply whose decision has lost the turn is withdrawn
 * instead, so none starts to go out after an agent's claim has committed. Undefined where it was withdrawn or somebody else took it.
 */
export async function claim(db: Db, owed: Owed): Promise<Owed | undefined> {
  const { rows } = await db.execute<{ delivery: string; seq: number; attempts: number; receipt: unknown }>(sql`
    with talk as (
      update conversation set last_seq = last_seq + ${owed.seq === null ? 1 : 0}::int where id = ${owed.conversationId} returning id, last_seq, owner
    ), mine as (
      update message set
        delivery = case when delivery = 'pending' and fence = 'turn' and talk.owner <> 'bot' then 'withdrawn' else 'sending' end,
        seq = case when delivery = 'pending' and fence = 'turn' and talk.owner <> 'bot' then seq else coalesce(seq, talk.last_seq) end,
        attempts = attempts + 1,
        lease_until = clock_timestamp() + ${leaseMs}::int * interval '1 millisecond'
      from talk
      where message.id = ${owed.id} and (delivery = 'pending' or (delivery = 'sending' and lease_until < clock_timestamp()))
      returning message.delivery, message.seq, message.attempts, message.receipt, message.conversation_id
    ), recorded as (
      insert into event (conversation_id, seq, kind, data)
        select conversation_id, seq, 'message', ${JSON.stringify({ author: owed.author, messageId: owed.id })}::jsonb from mine
        where delivery = 'sending' and ${owed.seq === null}::boolean
    )
    select delivery, seq, attempts, receipt from mine`);
  const [row] = rows;
  return row?.delivery === 'sending'
    ? { ...owed, delivery: 'sending', seq: row.seq, attempts: row.attempts, receipt: row.receipt, wait: 0 }
    : undefined;
}

/** The sender lives. */
export async function renew(db: Db, id: number): Promise<void> {
  await db
    .update(message)
    .set({ leaseUntil: sql`clock_timestamp() + ${leaseMs} * interval '1 millisecond'` })
    .where(and(eq(message.id, id), eq(message.delivery, 'sending')));
}

/** sending → pending, not before so many milliseconds have passed. */
export async function postpone(db: Db, id: number, afterMs: number): Promise<void> {
  await db
    .update(message)
    .set({ delivery: 'pending', leaseUntil: null, dueAt: sql`clock_timestamp() + ${Math.round(afterMs)} * interval '1 millisecond'` })
    .where(and(eq(message.id, id), eq(message.delivery, 'sending')));
}

/** The end of a send and its event, in one statement; the conversation's row first, as everywhere. */
export async function finish(db: Db, owed: Owed, end: Pick<Row, 'delivery' | 'failure'> & { receipt?: unknown }): Promise<void> {
  const receipt = end.receipt === undefined ? null : JSON.stringify(end.receipt);
  const data = JSON.stringify({ messageId: owed.id, state: end.delivery, code: end.failure ?? undefined });
  await db.execute(sql`
    with talk as (
      update conversation set last_seq = last_seq + 1 where id = ${owed.conversationId} returning id, last_seq
    ), done as (
      update message set delivery = ${end.delivery}, failure = ${end.failure}, receipt = coalesce(${receipt}::jsonb, receipt),
        sent_at = case when ${end.delivery === 'failed'}::boolean then null else clock_timestamp() end, lease_until = null
      from talk where message.id = ${owed.id}
    )
    insert into event (conversation_id, seq, kind, data) select id, last_seq, 'delivery', ${data}::jsonb from talk`);
}
