import { type SQL, sql } from 'drizzle-orm';
import type { Db } from '../store/connection.ts';
import { readTicketNumber } from './number.ts';

/** Which lines are asked for; nothing: everything that people did, and what belongs to no conversation. */
export interface AuditFilter {
  agentId?: number;
  kind?: string;
  /** Number of a ticket: everything of its conversation, the bot's part too. */
  ticket?: string;
  /** From this time on, and before that. */
  from?: Date;
  to?: Date;
}

/** One line of the audit: ids and codes, who did it and when. */
export interface AuditLine {
  id: number;
  at: Date;
  kind: string;
  data: Record<string, unknown>;
  agentId?: number;
  agent?: string;
  ticketId?: number;
  ticket?: string;
  /** Where to go on after it, as text. */
  cursor: string;
}

interface Row extends Record<string, unknown> {
  id: string;
  at: string | Date;
  micros: string;
  kind: string;
  data: Record<string, unknown>;
  agent_id: string | null;
  agent: string | null;
  ticket_id: string | null;
  ticket: string | null;
}

/** A page of the audit, newest first, after a cursor of a line. Every filter leads over an index, so that a page costs a page and not the history. */
export async function listAudit(db: Db, filter: AuditFilter, after: string | undefined, limit: number): Promise<AuditLine[]> {
  const conversation = filter.ticket === undefined ? undefined : await conversationOf(db, filter.ticket);
  if (conversation === null) return [];
  const wanted = [
    ...(conversation === undefined ? [] : [sql`conversation_id = ${conversation}`]),
    ...(filter.agentId === undefined ? [] : [sql`agent_id = ${filter.agentId}`]),
    ...(filter.kind === undefined ? [] : [sql`kind = ${filter.kind}`]),
    // Word for word the condition of the index event_act.
    ...(Object.values({ ...filter, from: undefined, to: undefined }).every((each) => each === undefined)
      ? [sql`(agent_id is not null or conversation_id is null)`]
      : []),
    ...(filter.from ? [sql`at >= ${filter.from.toISOString()}::timestamptz`] : []),
    ...(filter.to ? [sql`at < ${filter.to.toISOString()}::timestamptz`] : []),
    ...place(after),
  ];
  const { rows } = await db.execute<Row>(sql`
    select page.id, page.at, (extract(epoch from page.at) * 1000000)::bigint as micros, page.kind, page.data, page.agent_id,
      a.name as agent, t.id as ticket_id, t.number as ticket
    from (select * from event where ${sql.join(wanted, sql` and `)} order by at desc, id desc limit ${limit}) page
    left join agent a on a.id = page.agent_id
    left join ticket t on t.id = case when jsonb_typeof(page.data -> 'ticketId') = 'number' then (page.data ->> 'ticketId')::bigint end
    order by page.at desc, page.id desc`);
  return rows.map((row) => ({
    id: Number(row.id),
    at: new Date(row.at),
    kind: row.kind,
    data: row.data,
    agentId: row.agent_id === null ? undefined : Number(row.agent_id),
    agent: row.agent ?? undefined,
    ticketId: row.ticket_id === null ? undefined : Number(row.ticket_id),
    ticket: row.ticket ?? undefined,
    cursor: `${row.micros}.${row.id}`,
  }));
}

/** Every kind of event there is, by a hop from kind to kind over the index. */
export async function listKinds(db: Db): Promise<string[]> {
  const { rows } = await db.execute<{ kind: string }>(sql`
    with recursive hop as (
      (select kind from event order by kind limit 1)
      union all
      select (select e.kind from event e where e.kind > hop.kind order by e.kind limit 1) from hop where hop.kind is not null
    )
    select kind from hop where kind is not null`);
  return rows.map(({ kind }) => kind);
}

/** All lines that a filter means, newest first, page by page, so that an export of any length takes no memory. */
export async function* readAudit(db: Db, filter: AuditFilter, pageSize = 1_000): AsyncGenerator<AuditLine[]> {
  let after: string | undefined;
  for (;;) {
    const lines = await listAudit(db, filter, after, pageSize);
    if (lines.length > 0) yield lines;
    if (lines.length < pageSize) return;
    after = lines.at(-1)?.cursor;
  }
}

/** True of a text that `listAudit` gave as a cursor. */
export function isAuditCursor(text: string): boolean {
  return /^\d{1,18}\.\d{1,18}$/.test(text);
}

function place(after: string | undefined): SQL[] {
  if (after === undefined || !isAuditCursor(after)) return [];
  const [micros, id] = after.split('.');
  return [sql`(at, id) < ('epoch'::timestamptz + ${micros}::bigint * interval '1 microsecond', ${id}::bigint)`];
}

async function conversationOf(db: Db, typed: string): Promise<number | null> {
  const number = readTicketNumber(typed);
  if (!number) return null;
  const { rows } = await db.execute<{ id: string }>(sql`select conversation_id as id from ticket where number = ${number}`);
  return rows[0] ? Number(rows[0].id) : null;
}
