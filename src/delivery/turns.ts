import { and, asc, eq, gt, sql } from 'drizzle-orm';
import type { Contact } from '../conversation/contact.ts';
import type { Conversation, Owner } from '../conversation/conversation.ts';
import { recordEvent } from '../conversation/event.ts';
import type { InboundBody, Reply } from '../conversation/message.ts';
import type { Log } from '../log.ts';
import { metrics } from '../metrics.ts';
import type { Db, Tx } from '../store/connection.ts';
import { address, contact, conversation, message } from '../store/schema.ts';
import type { Queues } from './queues.ts';

/** A contact's message that waits for its turn. */
export interface Waiting {
  id: number;
  seq: number;
  text: string;
  body: InboundBody;
  findings: { kind: string }[];
  at: Date;
}

/** All that a decision is made from. */
export interface Turn {
  conversation: Conversation;
  contact: Contact;
  channel: string;
  /** The address's value, for the channel. */
  address: string;
  /** At least one, oldest first. */
  messages: Waiting[];
  now: Date;
}

/** A reply to be sent. `turn`-fenced ones start to go out only while the bot still has the turn. */
export interface Draft {
  reply: Reply;
  fence: 'turn' | 'none';
  why?: unknown;
}

/** One draft of all that a turn says, in order; attachments stay by themselves. Fenced where one of them is: none of it may come after a person's reply. */
export function joined(drafts: Draft[]): Draft[] {
  const texts = drafts.filter(({ reply }) => reply.type !== 'attachment');
  const last = texts.at(-1);
  if (!last || texts.length < 2) return drafts;
  const text = texts.map(({ reply }) => reply.text).join('\n\n');
  const choices = texts.flatMap(({ reply }) => (reply.type === 'choices' ? reply.choices : []));
  const reply: Reply = choices.length > 0 ? { type: 'choices', text, choices } : { type: 'text', text };
  const fence = texts.some((each) => each.fence === 'turn') ? 'turn' : 'none';
  return [{ reply, fence, why: last.why }, ...drafts.filter((each) => each.reply.type === 'attachment')];
}

/** What a turn ends with: all of it becomes true in one transaction, or nothing. */
export interface Outcome {
  /** Handled up to this number. */
  handledSeq: number;
  replies: Draft[];
  state: unknown;
  language: string;
  owner?: Owner;
  /** For events and metrics: answer, suggest, handoff, … */
  decision: string;
  /** Codes for the event: topic, signal, reason. */
  data?: Record<string, unknown>;
  /** More that must become true with it (a ticket). */
  alongside?(tx: Tx): Promise<void>;
  /** After the commit (wake-ups of others). */
  after?(): Promise<void>;
}

export type OnTurn = (turn: Turn) => Promise<Outcome>;

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
      if (!(await settle(db, turn, outcome))) {
        log.debug({ conversation: turn.conversation.id }, 'state moved while deciding, reading again');
        continue;
      }
      metrics.decisions.inc({ decision: outcome.decision, language: outcome.language });
      metrics.turnSeconds.observe(Math.max(0, Date.now() - due) / 1000);
      // Decided and stored: a wake-up that is lost here is made again by the sweep, and none may cost another.
      const wakeUps = [outcome.replies.length > 0 ? queues.wake(`deliveries-${turn.channel}`, key) : undefined, outcome.after?.()];
      for (const { reason } of (await Promise.allSettled(wakeUps)).filter((each) => each.status === 'rejected'))
        log.warn({ conversation: turn.conversation.id, err: (reason as Error).message }, 'wake-up lost');
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

/** Makes the outcome true if nobody changed the state since it was read. */
async function settle(db: Db, turn: Turn, outcome: Outcome): Promise<boolean> {
  const { id, version, addressId } = turn.conversation;
  return db.transaction(async (tx) => {
    const [moved] = await tx
      .update(conversation)
      .set({
        version: sql`${conversation.version} + 1`,
        handledSeq: outcome.handledSeq,
        // From the row itself: a subquery would not see a message that was stored while this waited for the row's lock.
        waitingSince: sql`case when ${conversation.heardSeq} > ${outcome.handledSeq} then ${conversation.heardAt} end`,
        state: outcome.state,
        language: outcome.language,
        owner: outcome.owner ?? turn.conversation.owner,
      })
      .where(and(eq(conversation.id, id), eq(conversation.version, version)))
      .returning({ id: conversation.id });
    if (!moved) return false;
    await recordEvent(tx, id, { kind: 'turn', data: { decision: outcome.decision, handledSeq: outcome.handledSeq, ...outcome.data } });
    if (outcome.replies.length > 0) {
      await tx.insert(message).values(
        outcome.replies.map((draft, part) => ({
          conversationId: id,
          addressId,
          author: 'bot' as const,
          text: draft.reply.text,
          body: draft.reply,
          why: draft.why,
          turnSeq: outcome.handledSeq,
          part,
          fence: draft.fence,
          delivery: 'pending' as const,
        })),
      );
    }
    await outcome.alongside?.(tx);
    return true;
  });
}
