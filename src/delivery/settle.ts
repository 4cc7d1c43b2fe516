import { sql } from 'drizzle-orm';
import type { Db, Tx } from '../store/connection.ts';
import { runStatement } from '../store/statement.ts';
import { leaseMs, type Owed } from './sending.ts';
import type { Outcome, Turn } from './turn.ts';

/** What became of an outcome. `more`: the contact wrote meanwhile; `first`: the first reply, ours to send at once where that was wished. */
export interface Settled {
  more: boolean;
  first?: Owed;
}

/**
 * Makes the outcome true if nobody changed the state since it was read; undefined where somebody was faster. `sendsHere`: whoever settles
 * also sends, so the first reply begins to go out in the same moment.
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

// One statement: the conversation's row, the event, the replies, and the claim of the first. A fenced one may go: the bot has had the turn until now.
async function write(tx: Tx, turn: Turn, outcome: Outcome, sendsHere: boolean): Promise<Settled | undefined> {
  const { conversation } = turn;
  const { handledSeq, decision, data, language, owner = conversation.owner } = outcome;
  const replies = outcome.replies.map(({ reply, why, fence }, part) => ({ text: reply.text, body: reply, why, fence, part }));
  const claims = sendsHere && replies.length > 0;
  const [row] = await runStatement<{ more: boolean; id: string | null; seq: number; created_at: string | Date }>(
    tx,
    'settle',
    sql`
    with moved as (
      update conversation set version = version + 1, last_seq = last_seq + 1 + ${claims ? 1 : 0}::int, handled_seq = ${handledSeq}::int,
        -- From the row itself: a subquery would not see a message that was stored while this waited for the row's lock.
        waiting_since = case when heard_seq > ${handledSeq}::int then heard_at end,
        state = ${JSON.stringify(outcome.state ?? {})}::jsonb, language = ${language}::text, owner = ${owner}::text
      where id = ${conversation.id}::bigint and version = ${conversation.version}::int
      returning id, last_seq, address_id, waiting_since
    ), said as (
      insert into message (conversation_id, address_id, author, text, body, why, turn_seq, part, fence, delivery, seq, attempts, lease_until)
        select moved.id, moved.address_id, 'bot', said.text, said.body, said.why, ${handledSeq}::int, said.part, said.fence,
          case when first then 'sending' else 'pending' end, case when first then moved.last_seq end, case when first then 1 else 0 end,
          case when first then clock_timestamp() + ${leaseMs}::int * interval '1 millisecond' end
        from moved, jsonb_to_recordset(${JSON.stringify(replies)}::jsonb) as said (text text, body jsonb, why jsonb, fence text, part int),
          lateral (select ${claims}::boolean and said.part = 0 as first) place
        returning id, seq, part, created_at
    ), recorded as (
      insert into event (conversation_id, seq, kind, data)
        select id, last_seq - ${claims ? 1 : 0}::int, 'turn', ${JSON.stringify({ decision, handledSeq, ...data })}::jsonb from moved
        union all
        select moved.id, said.seq, 'message', jsonb_build_object('author', 'bot', 'messageId', said.id) from moved, said where said.seq is not null
    )
    select moved.waiting_since is not null as more, said.id, said.seq, said.created_at from moved left join said on said.seq is not null`,
  );
  if (!row) return undefined;
  const reply = outcome.replies[0]?.reply;
  if (row.id === null || !reply) return { more: row.more };
  const first: Owed = {
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
  return { more: row.more, first };
}
