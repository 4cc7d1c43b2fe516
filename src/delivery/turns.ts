import { and, asc, eq, gt, sql } from 'drizzle-orm';
import type { Log } from '../log.ts';
import { metrics } from '../metrics.ts';
import type { Db } from '../store/connection.ts';
import { address, contact, conversation, message } from '../store/schema.ts';
import type { Queues } from './queues.ts';
import { settle } from './settle.ts';
import { joined, type OnTurn, type Turn, type Waiting } from './turn.ts';

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
  joins?(channel: string): boolean;
}) {
  const { db, queues, onTurn, quiet, log, joins } = parts;

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
      const said = await onTurn(turn);
      const outcome = joins?.(turn.channel) ? { ...said, replies: joined(said.replies) } : said;
      const settled = await settle(db, turn, outcome);
      if (!settled) {
        log.debug({ conversation: turn.conversation.id }, 'state moved while deciding, reading again');
        continue;
      }
      metrics.decisions.inc({ decision: outcome.decision, language: outcome.language });
      metrics.turnSeconds.observe(Math.max(0, Date.now() - due) / 1000);
      // Decided and stored: a wake-up that is lost here is made again by the sweep, and none may cost another.
      const wakeUps = [outcome.replies.length > 0 ? queues.wake(`deliveries-${turn.channel}`, key) : undefined, outcome.after?.()];
      for (const { reason } of (await Promise.allSettled(wakeUps)).filter((each) => each.status === 'rejected'))
        log.warn({ conversation: turn.conversation.id, err: (reason as Error).message }, 'wake-up lost');
      if (!settled.more) return undefined;
    }
    return { againMs: 200 };
  };
}

/** The state and what waits, read without a lock; undefined where the bot has no turn to take. */
async function readTurn(db: Db, conversationId: number): Promise<Turn | undefined> {
  const [row] = await db
    .select({ conversation, contact, channel: address.channel, address: address.value, now: sql<string>`clock_timestamp()` })
    .from(conversation)
    .innerJoin(contact, eq(contact.id, conversation.contactId))
    .innerJoin(address, eq(address.id, conversation.addressId))
    .where(eq(conversation.id, conversationId));
  if (row?.conversation.owner !== 'bot' || row.conversation.closedAt || !row.conversation.waitingSince) return undefined;
  const messages = await db
    .select({ id: message.id, seq: message.seq, text: message.text, body: message.body, findings: message.findings, at: message.createdAt })
    .from(message)
    .where(
      and(
        eq(message.conversationId, conversationId),
        eq(message.author, 'contact'),
        gt(message.seq, row.conversation.handledSeq),
        sql`${message.body} ->> 'silent' is null`,
      ),
    )
    .orderBy(asc(message.seq))
    .limit(50);
  if (messages.length === 0) return undefined;
  return {
    ...row,
    now: new Date(row.now),
    messages: messages.map((each) => ({ ...each, seq: each.seq ?? 0, findings: each.findings ?? [] }) as Waiting),
  };
}
