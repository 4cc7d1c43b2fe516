import { and, asc, eq, gt, sql } from 'drizzle-orm';
import type { Conversation } from '../conversation/conversation.ts';
import { createBatch } from '../store/batch.ts';
import type { Db } from '../store/connection.ts';
import { address, contact, conversation, message } from '../store/schema.ts';
import type { Turn, Waiting } from './turn.ts';

/** The state of a conversation and what waits there, read without a lock; undefined where the bot has no turn to take. */
export type Read = (conversationId: number) => Promise<Turn | undefined>;

// Messages of one turn at most, and rows of one statement.
const most = 50;
const mostTogether = 500;

/** Reads turns, those of the same moment in one statement. */
export function createRead(db: Db): Read {
  const query = turnQuery(db);
  const read = async (ids: number[], limit: number) => {
    const turns = new Map<number, Turn>();
    const rows = await query.execute({ ids: `{${ids.join()}}`, limit });
    for (const row of rows) {
      if (!isWaiting(row.conversation)) continue;
      const turn = turns.get(row.conversation.id) ?? {
        conversation: row.conversation,
        contact: row.contact,
        channel: row.channel,
        address: row.address,
        now: new Date(row.now),
        messages: [],
      };
      turns.set(row.conversation.id, turn);
      if (turn.messages.length < most)
        turn.messages.push({ ...row.message, seq: row.message.seq ?? 0, findings: row.message.findings ?? [] } as Waiting);
    }
    return { turns, all: rows.length < limit };
  };
  return createBatch<number, Turn | undefined>({
    key: (id) => id,
    async together(ids) {
      const { turns, all } = await read(ids, mostTogether);
      // Where one writes without an end, the others might be missing.
      return all ? new Map(ids.map((id, n) => [n, turns.get(id)])) : new Map();
    },
    alone: async (id) => (await read([id], most)).turns.get(id),
  });
}

// Asked here, not in the query: there the planner would go through all conversations that wait, which in a rush are thousands, for the few that are asked for.
function isWaiting({ closedAt, waitingSince }: Conversation): boolean {
  return closedAt === null && waitingSince !== null;
}

// Every turn reads this: built once, planned once a connection.
const turnQuery = (db: Db) =>
  db
    .select({
      conversation,
      contact,
      channel: address.channel,
      address: address.value,
      now: sql<string>`clock_timestamp()`,
      message: {
        id: message.id,
        seq: message.seq,
        text: message.text,
        body: message.body,
        findings: message.findings,
        at: message.createdAt,
      },
    })
    .from(conversation)
    .innerJoin(contact, eq(contact.id, conversation.contactId))
    .innerJoin(address, eq(address.id, conversation.addressId))
    .innerJoin(message, and(eq(message.conversationId, conversation.id), gt(message.seq, conversation.handledSeq)))
    .where(
      and(
        // The inner condition is always true: it makes the planner expect one row, and so go by indexes, not through all contacts (see `asked`).
        sql`${conversation.id} in (select id from unnest(${sql.placeholder('ids')}::bigint[]) as asked (id) where id between 0 and 1e18::bigint)`,
        eq(message.author, sql.raw("'contact'")),
        sql`${message.body} ->> 'silent' is null`,
        eq(conversation.owner, sql.raw("'bot'")),
      ),
    )
    .orderBy(asc(message.seq))
    .limit(sql.placeholder('limit'))
    .prepare('read_turn');
