import { sql } from 'drizzle-orm';
import type { FactData } from '../conversation/event-names.ts';
import { createBatch } from '../store/batch.ts';
import type { Db } from '../store/connection.ts';
import type { message } from '../store/schema.ts';
import { asked, runStatement, unlessHeld } from '../store/statement.ts';
import type { Owed } from './sending.ts';

type Row = typeof message.$inferSelect;

/** How a send ended. */
interface End {
  owed: Pick<Owed, 'id' | 'conversationId'>;
  how: Pick<Row, 'delivery' | 'failure'> & { receipt?: unknown };
}

/** Tells the end of a send. True where more is owed to the conversation. */
export type Finish = (owed: End['owed'], how: End['how']) => Promise<boolean>;

/** The ends of sends, those of the same moment in one statement. */
export function createFinish(db: Db): Finish {
  const finish = createBatch<End, boolean>({
    key: ({ owed }) => owed.conversationId,
    together: (ends) => finishAll(db, ends, false),
    alone: async (end) => (await finishAll(db, [end], true)).get(0) ?? false,
  });
  return (owed, how) => finish({ owed, how });
}

// The ends and their events; the conversation's row first, as everywhere.
async function finishAll(db: Db, ends: End[], waits: boolean): Promise<Map<number, boolean>> {
  const rows = ends.map(({ owed, how: { delivery, failure, receipt } }, n) => ({
    n,
    talk: owed.conversationId,
    message: owed.id,
    delivery,
    failure,
    receipt,
    data: { messageId: owed.id, state: delivery, code: failure ?? undefined } satisfies FactData,
  }));
  const done = await runStatement<{ n: number; more: boolean }>(
    db,
    waits ? 'finish_send' : 'finish_sends',
    sql`
    with asked as materialized (
      ${asked(rows, 'talk bigint, message bigint, delivery text, failure text, receipt jsonb, data jsonb')}
    ), held as materialized (
      select asked.* from asked, lateral (select from conversation where id = asked.talk for no key update ${unlessHeld(waits)}) as free
    ), talk as (
      update conversation set last_seq = last_seq + 1 from held where conversation.id = held.talk returning held.*, last_seq
    ), done as (
      update message set delivery = talk.delivery, failure = talk.failure, receipt = coalesce(talk.receipt, message.receipt),
        sent_at = case when talk.delivery = 'failed' then null else clock_timestamp() end, lease_until = null
      from talk where message.id = talk.message
    ), recorded as (
      insert into event (conversation_id, seq, kind, data) select talk, last_seq, 'delivery', data from talk
    )
    select n, exists (
      select from message where conversation_id = talk.talk and delivery in ('pending', 'sending') and id <> talk.message
    ) as more from talk`,
  );
  return new Map(done.map(({ n, more }) => [n, more]));
}
