import { and, desc, eq, isNotNull } from 'drizzle-orm';
import { recordEvent } from '../../conversation/event.ts';
import type { Reply } from '../../conversation/message.ts';
import { owe } from '../../delivery/owe.ts';
import type { Look, Queues } from '../../delivery/queues.ts';
import type { Department, Desk, Knowledge } from '../../kb/topic.ts';
import { metrics } from '../../metrics.ts';
import type { Db, Tx } from '../../store/connection.ts';
import { message } from '../../store/schema.ts';
import { type Expectation, expectationOf } from '../line/expectation.ts';
import { anybodyThere } from '../line/line.ts';
import { keepNotices, noticesOfWaiting, secondRungAfter } from '../staff/staff-notice.ts';
import { wakeNotices } from '../staff/staff-post.ts';
import { changeTicket, type Ticket } from '../ticket.ts';
import { type Subject, subjectOf } from './deadline-subject.ts';
import { type Breach, type DueNow, dueNow } from './due-now.ts';

/** What somebody who waits is told: how things stand in line, or that their case goes on. */
export interface WaitingWords {
  /** `last`: what they read last, where the clock said it too: the same words once more would be a machine's. */
  line(waiting: Ticket, expected: Expectation, last: string | undefined): Reply;
  progress(open: Ticket): Reply;
}

interface Parts {
  db: Db;
  queues: Queues;
  knowledge(): Knowledge;
  /** True where people expect an answer at once. */
  live(channel: string): boolean;
  words: WaitingWords;
}

/**
 * The look at the open ticket of a conversation: misses of deadlines are recorded, climb the ladder and are told to those who must know, and who
 * waits is told how things stand. All of it is one transaction under the ticket's row lock, so a doubled look has nothing left to do.
 */
export function createDeadlineLook({ db, queues, knowledge, live, words }: Parts): Look {
  return async (key) => {
    const looked = await db.transaction(async (tx) => {
      const { departments, desk } = knowledge();
      const subject = await subjectOf(tx, Number(key), departments, live);
      if (!subject) return undefined;
      const onCallDue = await tellWaiting(tx, subject, desk);
      const found = dueNow({ ...subject, ticket: { ...subject.ticket, ...onCallDue }, waiting: desk.waiting }, subject.now);
      const after = await change(tx, subject.ticket, { ...onCallDue, ...found.set });
      await tellMisses(tx, after, subject.department, desk, found);
      if (found.tell) {
        const reply = words[found.tell](after, await expected(tx, after, subject), await clockSaid(tx, after.conversationId));
        await owe(tx, { conversationId: after.conversationId, addressId: subject.addressId, author: 'system', reply });
      }
      return { ...subject, after, told: found.tell !== undefined };
    });
    if (!looked) return undefined;
    const { after, channel, told, now } = looked;
    if (told) await queues.wake(`deliveries-${channel}`, key);
    await wakeNotices(db, queues, { ticketId: after.id });
    return after.nextDue ? { againMs: Math.max(100, after.nextDue.getTime() - now.getTime()) } : undefined;
  };
}

/** Whoever must know that it waits is told once for each time that it joins the line; from then on the second rung on call is due. */
async function tellWaiting(tx: Tx, { ticket: row, department, now }: Subject, { onCall }: Desk): Promise<Partial<Ticket>> {
  if (row.state !== 'waiting') return {};
  const notices = noticesOfWaiting(row, department, onCall, await anybodyThere(tx, row.department));
  const kept = await keepNotices(tx, row.id, notices);
  const after = secondRungAfter(row.urgency, onCall);
  return kept.has('on-call') && after !== undefined ? { onCallDue: new Date(now.getTime() + after) } : {};
}

async function change(tx: Tx, before: Ticket, set: Partial<Ticket>): Promise<Ticket> {
  if (Object.keys(set).length === 0) return before;
  const { nextDue: _, ...values } = set;
  return changeTicket(tx, before.id, values);
}

async function tellMisses(tx: Tx, row: Ticket, department: Department | undefined, { onCall }: Desk, { breaches, alert }: DueNow) {
  for (const what of breaches) await recordBreach(tx, row, what);
  const missed = breaches.map((what) => ({
    kind: 'breach' as const,
    cause: `${what}:${row.rungDue?.getTime()}`,
    places: department?.notify ?? [],
    afterMs: 0,
  }));
  const second = alert ? [{ kind: 'on-call' as const, cause: `on-call:2:${row.place}`, places: onCall?.second ?? [], afterMs: 0 }] : [];
  await keepNotices(tx, row.id, [...missed, ...second]);
}

async function recordBreach(tx: Tx, row: Ticket, what: Breach): Promise<void> {
  const { id: ticketId, number, department, level, assigneeId } = row;
  metrics.breaches.inc({ kind: what, department });
  await recordEvent(tx, row.conversationId, {
    kind: 'ticket',
    data: { ticketId, number, department, state: 'breach', what, level, assigneeId: assigneeId ?? undefined },
  });
}

/** The last word of a conversation, where it was ours and nobody's in person. */
async function clockSaid(tx: Tx, conversationId: number): Promise<string | undefined> {
  const [last] = await tx
    .select({ author: message.author, text: message.text })
    .from(message)
    .where(and(eq(message.conversationId, conversationId), isNotNull(message.seq)))
    .orderBy(desc(message.seq))
    .limit(1);
  return last?.author === 'system' ? last.text : undefined;
}

function expected(tx: Tx, row: Ticket, { department, now }: Subject): Promise<Expectation> {
  return expectationOf(tx, department, row, now);
}
