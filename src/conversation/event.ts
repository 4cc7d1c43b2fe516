import { and, asc, sql } from 'drizzle-orm';
import type { Db, Tx } from '../store/connection.ts';
import { event } from '../store/schema.ts';
import type { EventKind, FactData } from './event-names.ts';

/** A fact to record: kind, ids and codes, who did it. */
export interface Fact {
  kind: EventKind;
  data?: FactData;
  agentId?: number;
}

/**
 * Writes a fact of a conversation in the transaction that makes it true and gives it the conversation's next number.
 * The row lock this takes puts all facts of one conversation in order.
 */
export async function recordEvent(tx: Tx, conversationId: number, fact: Fact): Promise<number> {
  const { rows } = await tx.execute<{ seq: number }>(sql`
    with talk as (
      update conversation set last_seq = last_seq + 1 where id = ${conversationId} returning id, last_seq
    ), recorded as (
      insert into event (conversation_id, seq, kind, data, agent_id)
        select id, last_seq, ${fact.kind}, ${JSON.stringify(fact.data ?? {})}::jsonb, ${fact.agentId ?? null}::bigint from talk
    )
    select last_seq as seq from talk`);
  const [row] = rows;
  if (!row) throw new Error(`conversation ${conversationId} does not exist`);
  return row.seq;
}

/** Writes a fact that belongs to no conversation (a sign-in, a change of an agent) in the transaction that makes it true. */
export async function recordFact(tx: Tx, { kind, data = {}, agentId }: Fact): Promise<void> {
  await tx.insert(event).values({ kind, data, agentId });
}

/** Position of a reader: transaction and id, as text. */
export interface EventCursor {
  xid: string;
  id: number;
}

/** An event as it stands in the record. */
export type RecordedEvent = typeof event.$inferSelect;

// Every transaction of this database below this one has ended. `pg_snapshot_xmin` would say so too, but of all databases of the server together: what
// somebody else's copies for an hour would hold up every desk. A transaction that pg_stat_activity does not place (a prepared one) counts as ours
// (PostgreSQL, "System Information Functions" and "pg_stat_activity").
const lowestRunning = sql`(
  select coalesce(min(running::text::bigint), pg_snapshot_xmax(pg_current_snapshot())::text::bigint)::text::xid8
  from pg_snapshot_xip(pg_current_snapshot()) as running
  where not exists (
    select from pg_stat_activity as other
    where other.backend_xid = running::xid and other.datid <> (select oid from pg_database where datname = current_database())
  ))`;

/** The lowest transaction of this database that had not ended, or not begun, when asked. */
export async function lowestRunningTransaction(db: Db): Promise<string> {
  const { rows } = await db.execute<{ xid: string }>(sql`select ${lowestRunning}::text as xid`);
  if (!rows[0]) throw new Error('the record did not say which transactions run');
  return rows[0].xid;
}

/**
 * The next events after a cursor, oldest first, never one whose neighbours may still be uncommitted: a reader that goes by id alone
 * passes over what commits late.
 */
export async function readEvents(db: Db, after: EventCursor, limit = 500): Promise<RecordedEvent[]> {
  return db
    .select()
    .from(event)
    .where(and(sql`(${event.xid}, ${event.id}) > (${after.xid}::xid8, ${after.id})`, sql`${event.xid} < ${lowestRunning}`))
    .orderBy(asc(event.xid), asc(event.id))
    .limit(limit);
}

/** Where a reader that begins now starts, as text (see parseCursor). */
export async function latestCursor(db: Db): Promise<string> {
  return `${BigInt(await lowestRunningTransaction(db)) - 1n}:${Number.MAX_SAFE_INTEGER}`;
}

/** A cursor as clients keep it; undefined where the text is none. */
export function parseCursor(text: string): EventCursor | undefined {
  const found = /^(\d{1,20}):(\d{1,16})$/.exec(text);
  return found ? { xid: found[1] ?? '0', id: Number(found[2]) } : undefined;
}

/** The text of a cursor. */
export function formatCursor({ xid, id }: EventCursor): string {
  return `${xid}:${id}`;
}
