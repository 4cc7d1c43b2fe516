import { sql } from 'drizzle-orm';
import type { FactData } from '../conversation/event-names.ts';
import { createBatch } from '../store/batch.ts';
import type { Db, Tx } from '../store/connection.ts';
import { asked, runStatement, unlessHeld } from '../store/statement.ts';
import { leaseMs, type Owed } from './sending.ts';
import type { Outcome, Turn } from './turn.ts';

/** What became of an outcome. `more`: the contact wrote meanwhile; `claimed`: the reply, ours to send at once where that was wished and nothing is owed before it. */
export interface Settled {
  more: boolean;
  claimed?: Owed;
}

/**
 * Makes an outcome true if nobody changed the state since it was read; undefined where somebody was faster. `sendsHere`: whoever settles
 * also sends, so the reply begins to go out in the same moment.
 */
export type Settle = (turn: Turn, outcome: Outcome, sendsHere?: boolean) => Promise<Settled | undefined>;

/** Settles turns, those of the same moment in one statement. */
export function createSettle(db: Db): Settle {
  const settle = createBatch<Ask, Settled | undefined>({
    key: ({ turn }) => turn.conversation.id,
    together: (asks) => write(db, asks, false),
    alone: async (ask) => (await write(db, [ask], true)).get(0),
  });
  return (turn, outcome, sendsHere = false) => {
    const { alongside } = outcome;
    const ask = { turn, outcome, sendsHere };
    if (!alongside) return settle(ask);
    return db.transaction(async (tx) => {
      const settled = (await write(tx, [ask], true)).get(0);
      if (settled) await alongside(tx);
      return settled;
    });
  };
}

interface Ask {
  turn: Turn;
  outcome: Outcome;
  sendsHere: boolean;
}

type Row = { n: number; more: boolean; id: string | null; seq: number; created_at: string | Date };

// One statement: the conversation's row, the event, the reply, and its claim. A fenced one may go: the bot has had the turn until now.
async function write(tx: Tx, asks: Ask[], waits: boolean): Promise<Map<number, Settled>> {
  const columns =
    'talk bigint, seen int, handled int, state jsonb, language text, owner text, text text, body jsonb, why jsonb, fence text, sends boolean, data jsonb';
  const rows = await runStatement<Row>(
    tx,
    waits ? 'settle' : 'settle_all',
    sql`
    with asked as materialized (
      ${asked(asks.map(rowOf), columns)}
    ), held as materialized (
      -- What is owed from before goes out first.
      select asked.*, sends and text is not null and not exists (
        select from message where conversation_id = asked.talk and delivery in ('pending', 'sending')
      ) as claims
      from asked, lateral (
        select from conversation where id = asked.talk and version = asked.seen for no key update ${unlessHeld(waits)}
      ) as free
    ), moved as (
      update conversation set version = version + 1, last_seq = last_seq + 1 + held.claims::int, handled_seq = held.handled,
        -- From the row itself: a subquery would not see a message that was stored while this waited for the row's lock.
        waiting_since = case when heard_seq > held.handled then heard_at end,
        state = held.state, language = held.language, owner = held.owner, doubted = false, apart_by = null
      from held where conversation.id = held.talk and conversation.version = held.seen
      returning conversation.id, last_seq, address_id, waiting_since, held.n, held.handled, held.text, held.body, held.why, held.fence, held.claims, held.data
    ), said as (
      insert into message (conversation_id, address_id, author, text, body, why, turn_seq, part, fence, delivery, seq, attempts, lease_until)
        select id, address_id, 'bot', text, body, why, handled, 0, fence, case when claims then 'sending' else 'pending' end,
          case when claims then last_seq end, case when claims then 1 else 0 end,
          case when claims then clock_timestamp() + ${leaseMs}::int * interval '1 millisecond' end
        from moved where text is not null
        returning id, conversation_id, seq, created_at
    ), recorded as (
      insert into event (conversation_id, seq, kind, data)
        select id, last_seq - claims::int, 'turn', data from moved
        union all
        select conversation_id, seq, 'message', jsonb_build_object('author', 'bot', 'messageId', id) from said where seq is not null
    )
    select moved.n, moved.waiting_since is not null as more, said.id, said.seq, said.created_at
    from moved left join said on said.conversation_id = moved.id and said.seq is not null`,
  );
  return new Map(rows.map((row) => [row.n, settledOf(row, asks[row.n] as Ask)]));
}

function rowOf({ turn: { conversation }, outcome, sendsHere }: Ask, n: number) {
  const { handledSeq, decision, data, language, state, owner = conversation.owner } = outcome;
  const { reply, why, fence } = outcome.reply ?? {};
  return {
    n,
    talk: conversation.id,
    seen: conversation.version,
    handled: handledSeq,
    state: state ?? {},
    language,
    owner,
    text: reply?.text,
    body: reply,
    why,
    fence,
    sends: sendsHere,
    data: { decision, handledSeq, ...data } satisfies FactData,
  };
}

function settledOf({ more, id, seq, created_at }: Row, { turn, outcome }: Ask): Settled {
  if (id === null || !outcome.reply) return { more };
  const claimed: Owed = {
    id: Number(id),
    conversationId: turn.conversation.id,
    author: 'bot',
    body: outcome.reply.reply,
    createdAt: new Date(created_at),
    receipt: null,
    seq,
    attempts: 1,
    place: turn.address,
    // They have just written.
    unreachable: null,
    interrupted: false,
  };
  return { more, claimed };
}
