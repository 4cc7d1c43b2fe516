import { and, asc, eq, gt, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Log } from '../log.ts';
import { metrics } from '../metrics.ts';
import type { Db } from '../store/connection.ts';
import { address, contact, conversation, message } from '../store/schema.ts';
import type { AtOnce } from './at-once.ts';
import type { Queues } from './queues.ts';
import { settle } from './settle.ts';
import type { OnTurn, Turn, Waiting } from './turn.ts';

/** How long a turn waits for more: after the newest message, and at most from the first. Milliseconds. */
export interface QuietTime {
  afterLastMs(turn: Turn): number;
  atMostMs: number;
}

/** The look at a conversation whose contact wrote. */
export function createTurns(parts: {
  db: Db;
  queues: Queues;
  onTurn: OnTurn;
  quiet: QuietTime;
  log: Log;
  /** Where this process sends too. */
  atOnce?: AtOnce;
}) {
  const { db, queues, onTurn, quiet, log, atOnce } = parts;

  return async (key: string): Promise<{ againMs: number } | undefined> => {
    for (let tries = 0; tries < 10; tries++) {
      const turn = await readTurn(db, Number(key));
      if (!turn) return undefined;
      const first = turn.messages[0] as Waiting;
      const due = Math.min(
        (turn.conversation.heardAt ?? first.at).getTime() + quiet.afterLastMs(turn),
        first.at.getTime() + quiet.atMostMs,
      );
      if (due > turn.now.getTime()) return { againMs: due - turn.now.getTime() };
      const outcome = await onTurn(turn);
      const settled = await settle(db, turn, outcome, atOnce?.takes(turn.channel));
      if (!settled) {
        log.debug({ conversation: turn.conversation.id }, 'state moved while deciding, reading again');
        continue;
      }
      metrics.decisions.inc({ decision: outcome.decision, language: outcome.language });
      metrics.turnSeconds.observe(Math.max(0, Date.now() - due) / 1000);
      // Decided and stored: a wake-up that is lost here is made again by the sweep, and none may cost another.
      if (settled.claimed) atOnce?.send(turn.channel, key, settled.claimed);
      const wakeUps = [settled.claimed ? undefined : queues.wake(`deliveries-${turn.channel}`, key), outcome.after?.()];
      for (const { reason } of (await Promise.allSettled(wakeUps)).filter((each) => each.status === 'rejected'))
        log.warn({ conversation: turn.conversation.id, err: (reason as Error).message }, 'wake-up lost');
      if (!settled.more) return undefined;
    }
    return { againMs: 200 };
  };
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
        eq(conversation.id, sql.placeholder('id')),
        eq(message.author, sql.raw("'contact'")),
        sql`${message.body} ->> 'silent' is null`,
        eq(conversation.owner, sql.raw("'bot'")),
        isNull(conversation.closedAt),
        isNotNull(conversation.waitingSince),
      ),
    )
    .orderBy(asc(message.seq))
    .limit(50)
    .prepare('read_turn');

const prepared = new WeakMap<Db, ReturnType<typeof turnQuery>>();

/** The state and what waits, read without a lock; undefined where the bot has no turn to take. */
async function readTurn(db: Db, conversationId: number): Promise<Turn | undefined> {
  const query = prepared.get(db) ?? turnQuery(db);
  prepared.set(db, query);
  const rows = await query.execute({ id: conversationId });
  const [row] = rows;
  if (!row) return undefined;
  return {
    conversation: row.conversation,
    contact: row.contact,
    channel: row.channel,
    address: row.address,
    now: new Date(row.now),
    messages: rows.map(({ message: each }) => ({ ...each, seq: each.seq ?? 0, findings: each.findings ?? [] }) as Waiting),
  };
}
