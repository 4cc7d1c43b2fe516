import { sql } from 'drizzle-orm';
import type { Db, Tx } from '../store/connection.ts';
import type { Outcome, Turn } from './turn.ts';

/** Makes the outcome true if nobody changed the state since it was read: `more` where the contact wrote meanwhile, undefined where somebody was faster. */
export async function settle(db: Db, turn: Turn, outcome: Outcome): Promise<{ more: boolean } | undefined> {
  const { alongside } = outcome;
  if (!alongside) return write(db, turn, outcome);
  return db.transaction(async (tx) => {
    const settled = await write(tx, turn, outcome);
    if (settled) await alongside(tx);
    return settled;
  });
}

// One statement: the conversation's row, the event, the replies.
async function write(tx: Tx, { conversation }: Turn, outcome: Outcome): Promise<{ more: boolean } | undefined> {
  const { handledSeq, decision, data, language, owner = conversation.owner } = outcome;
  const replies = outcome.replies.map(({ reply, why, fence }, part) => ({ text: reply.text, body: reply, why, fence, part }));
  const { rows } = await tx.execute<{ more: boolean }>(sql`
    with moved as (
      update conversation set version = version + 1, last_seq = last_seq + 1, handled_seq = ${handledSeq}::int,
        -- From the row itself: a subquery would not see a message that was stored while this waited for the row's lock.
        waiting_since = case when heard_seq > ${handledSeq}::int then heard_at end,
        state = ${JSON.stringify(outcome.state ?? {})}::jsonb, language = ${language}, owner = ${owner}
      where id = ${conversation.id} and version = ${conversation.version}
      returning id, last_seq, address_id, waiting_since
    ), recorded as (
      insert into event (conversation_id, seq, kind, data) select id, last_seq, 'turn', ${JSON.stringify({ decision, handledSeq, ...data })}::jsonb from moved
    ), said as (
      insert into message (conversation_id, address_id, author, text, body, why, turn_seq, part, fence, delivery)
        select moved.id, moved.address_id, 'bot', said.text, said.body, said.why, ${handledSeq}::int, said.part, said.fence, 'pending'
        from moved, jsonb_to_recordset(${JSON.stringify(replies)}::jsonb) as said (text text, body jsonb, why jsonb, fence text, part int)
    )
    select waiting_since is not null as more from moved`);
  return rows[0];
}
