import { sql } from 'drizzle-orm';
import type { Db, Tx } from '../store/connection.ts';
import { runStatement } from '../store/statement.ts';
import { leaseMs, type Owed } from './sending.ts';
import type { Outcome, Turn } from './turn.ts';

/** What became of an outcome. `more`: the contact wrote meanwhile; `claimed`: the reply, ours to send at once where that was wished and nothing is owed before it. */
export interface Settled {
  more: boolean;
  claimed?: Owed;
}

/**
 * Makes the outcome true if nobody changed the state since it was read; undefined where somebody was faster. `sendsHere`: whoever settles
 * also sends, so the reply begins to go out in the same moment.
 */
export async function settle(db: Db, turn: Turn, outcome: Outcome, sendsHere = false): Promise<Settled | undefined> {
  const { alongside } = outcome;
  if (!alongside) return write(db, turn, outcome, sendsHere);
  return db.transaction(async (tx) => {
    const settled = await write(tx, turn, outcome, sendsHere);
    if (settled) await alongside(tx);
    return settled;
  });
}

// One statement: the conversation's row, the event, the reply, and its claim. A fenced one may go: the bot has had the turn until now.
async function write(tx: Tx, turn: Turn, outcome: Outcome, sendsHere: boolean): Promise<Settled | undefined> {
  const { conversation } = turn;
  const { handledSeq, decision, data, language, owner = conversation.owner } = outcome;
  const { reply, why, fence } = outcome.reply;
  const [row] = await runStatement<{ more: boolean; id: string | null; seq: number; created_at: string | Date }>(
    tx,
    'settle',
    sql`
    with wish as (
      select ${sendsHere}::boolean and not exists (
        select from message where conversation_id = ${conversation.id}::bigint and delivery in ('pending', 'sending')
      ) as claims
    ), moved as (
      update conversation set version = version + 1, last_seq = last_seq + 1 + case when claims then 1 else 0 end, handled_seq = ${handledSeq}::int,
        -- From the row itself: a subquery would not see a message that was stored while this waited for the row's lock.
        waiting_since = case when heard_seq > ${handledSeq}::int then heard_at end,
        state = ${JSON.stringify(outcome.state ?? {})}::jsonb, language = ${language}::text, owner = ${owner}::text
      from wish where id = ${conversation.id}::bigint and version = ${conversation.version}::int
      returning id, last_seq, address_id, waiting_since, claims
    ), said as (
      insert into message (conversation_id, address_id, author, text, body, why, turn_seq, part, fence, delivery, seq, attempts, lease_until)
        select id, address_id, 'bot', ${reply.text}::text, ${JSON.stringify(reply)}::jsonb, ${why === undefined ? null : JSON.stringify(why)}::jsonb,
          ${handledSeq}::int, 0, ${fence}::text, case when claims then 'sending' else 'pending' end, case when claims then last_seq end,
          case when claims then 1 else 0 end, case when claims then clock_timestamp() + ${leaseMs}::int * interval '1 millisecond' end
        from moved
        returning id, seq, created_at
    ), recorded as (
      insert into event (conversation_id, seq, kind, data)
        select id, last_seq - case when claims then 1 else 0 end, 'turn', ${JSON.stringify({ decision, handledSeq, ...data })}::jsonb from moved
        union all
        select moved.id, said.seq, 'message', jsonb_build_object('author', 'bot', 'messageId', said.id) from moved, said where said.seq is not null
    )
    select moved.waiting_since is not null as more, said.id, said.seq, said.created_at from moved left join said on said.seq is not null`,
  );
  if (!row) return undefined;
  if (row.id === null) return { more: row.more };
  const claimed: Owed = {
    id: Number(row.id),
    conversationId: conversation.id,
    author: 'bot',
    body: reply,
    createdAt: new Date(row.created_at),
    receipt: null,
    seq: row.seq,
    attempts: 1,
    place: turn.address,
    // They have just written.
    unreachable: null,
    interrupted: false,
  };
  return { more: row.more, claimed };
}
