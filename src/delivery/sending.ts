import { and, eq, sql } from 'drizzle-orm';
import type { Db } from '../store/connection.ts';
import { message } from '../store/schema.ts';
import { runStatement } from '../store/statement.ts';

/** Whoever sends anything renews a lease while the channel works; after a kill anybody may take over when it has run out. Milliseconds. */
export const leaseMs = 7_000;
// Who finds a reply with another sender looks again soon: what stands behind it may be left to them.
const otherSenderMs = 1_000;

type Row = typeof message.$inferSelect;

/** A reply that is ours to send, and where to. `interrupted`: somebody began before and never told the end. */
export type Owed = Pick<Row, 'id' | 'conversationId' | 'author' | 'body' | 'createdAt' | 'receipt'> & {
  seq: number;
  attempts: number;
  place: string;
  unreachable: string | null;
  interrupted: boolean;
};

interface First extends Record<string, unknown> {
  id: string;
  author: Row['author'];
  body: unknown;
  created_at: string | Date;
  was: 'pending' | 'sending';
  wait: string;
  place: string;
  unreachable: string | null;
  delivery: 'sending' | 'withdrawn' | null;
  seq: number;
  attempts: number;
  receipt: unknown;
}

/**
 * The conversation's first reply that has not gone out, claimed (pending → sending); `wait`: it may not go yet, look again after so many
 * milliseconds; undefined where nothing is owed. One statement that takes the conversation's row lock first: a fenced reply whose decision
 * has lost the turn is withdrawn instead, so none starts to go out after an agent's claim has committed.
 */
export async function claimNext(db: Db, conversationId: number): Promise<Owed | { wait: number } | undefined> {
  for (;;) {
    const [first] = await runStatement<First>(db, 'claim_next', claimStatement(conversationId));
    if (!first) return undefined;
    const wait = Math.ceil(Number(first.wait));
    if (wait > 0) return { wait: first.was === 'sending' ? Math.min(wait, otherSenderMs) : wait };
    // Withdrawn, or somebody was faster: what is next?
    if (first.delivery !== 'sending') continue;
    const { author, body, place, unreachable, seq, attempts, receipt } = first;
    return {
      id: Number(first.id),
      conversationId,
      author,
      body,
      place,
      unreachable,
      seq,
      attempts,
      receipt,
      createdAt: new Date(first.created_at),
      interrupted: first.was === 'sending',
    };
  }
}

// The states stand in the text, not as parameters: only so does a kept plan use the index of what is owed.
function claimStatement(conversationId: number) {
  return sql`
    with first as (
      select id, address_id, author, body, created_at, delivery as was, seq as given,
        coalesce(extract(epoch from case delivery when 'sending' then lease_until else due_at end - clock_timestamp()) * 1000, 0) as wait
      from message where conversation_id = ${conversationId}::bigint and delivery in ('pending', 'sending') order by id limit 1
    ), talk as (
      update conversation set last_seq = last_seq + case when first.given is null then 1 else 0 end
      from first where conversation.id = ${conversationId}::bigint and first.wait <= 0 returning last_seq, owner
    ), mine as (
      update message set
        delivery = case when message.delivery = 'pending' and fence = 'turn' and talk.owner <> 'bot' then 'withdrawn' else 'sending' end,
        seq = case when message.delivery = 'pending' and fence = 'turn' and talk.owner <> 'bot' then seq else coalesce(seq, talk.last_seq) end,
        attempts = attempts + 1,
        lease_until = clock_timestamp() + ${leaseMs}::int * interval '1 millisecond'
      from talk, first
      where message.id = first.id and (message.delivery = 'pending' or (message.delivery = 'sending' and message.lease_until < clock_timestamp()))
      returning message.delivery, message.seq, message.attempts, message.receipt
    ), recorded as (
      insert into event (conversation_id, seq, kind, data)
        select ${conversationId}::bigint, mine.seq, 'message', jsonb_build_object('author', first.author, 'messageId', first.id) from mine, first
        where mine.delivery = 'sending' and first.given is null
    )
    select first.id, first.author, first.body, first.created_at, first.was, first.wait, address.value as place, address.unreachable,
      mine.delivery, mine.seq, mine.attempts, mine.receipt
    from first join address on address.id = first.address_id left join mine on true`;
}

/** The sender lives. */
export async function renew(db: Db, id: number): Promise<void> {
  await db
    .update(message)
    .set({ leaseUntil: sql`clock_timestamp() + ${leaseMs} * interval '1 millisecond'` })
    .where(and(eq(message.id, id), eq(message.delivery, 'sending')));
}

/** sending → pending, not before so many milliseconds have passed. `maybeSent`: it may have arrived; the receipt keeps that. */
export async function postpone(db: Db, id: number, afterMs: number, maybeSent = false): Promise<void> {
  await db
    .update(message)
    .set({
      delivery: 'pending',
      leaseUntil: null,
      dueAt: sql`clock_timestamp() + ${Math.round(afterMs)} * interval '1 millisecond'`,
      ...(maybeSent ? { receipt: sql`coalesce(${message.receipt}, '{"externalIds":[]}') || '{"maybeSent":true}'` } : {}),
    })
    .where(and(eq(message.id, id), eq(message.delivery, 'sending')));
}
