import { milliseconds } from '../../kb/duration.ts';
import type { Department, Desk } from '../../kb/topic.ts';
import type { Ticket } from '../ticket.ts';
import { due, nextAnswerDue } from './deadline.ts';
import { afterWork, nextOpening } from './hours.ts';
import { nextRung } from './ladder.ts';
import { type Claimant, targetsFor } from './target.ts';

/** All that a look at an open ticket's deadlines is made from. */
export interface Facts {
  ticket: Ticket;
  claimant: Claimant;
  department?: Department;
  /** Since when the contact waits for an answer; null where they do not. */
  waitingSince: Date | null;
  /** Somebody put the ticket aside until a time that has not come. */
  asleep: boolean;
  /** When anybody of ours wrote to the contact last; null where nobody did. */
  saidAt: Date | null;
  /** False where nothing automatic may be sent: unreachable, blocked. */
  tellable: boolean;
  /** Something for the contact has not gone out yet: two words of ours never arrive at once. */
  owed: boolean;
  waiting: Desk['waiting'];
}

/** A deadline that passed. */
export type Breach = 'first-answer' | 'next-answer' | 'resolution' | 'rung';

/** What a look comes to. */
export interface DueNow {
  /** Columns of the ticket that change. */
  set: Partial<Ticket>;
  breaches: Breach[];
  /** The contact is told how things stand in line, or that the case goes on. */
  tell?: 'line' | 'progress';
  /** Nobody has taken it: the second rung on call is alerted. */
  alert: boolean;
}

/** What is due on a ticket now: a pure function, so that days of waiting, clock changes and moved clocks can be tested. */
export function dueNow(facts: Facts, now: Date): DueNow {
  const settled = { ...facts.ticket, ...settle(facts, now) };
  const breaches = breachesOf(settled, now);
  const climbed = breaches.length > 0 ? climb({ ...facts, ticket: settled }, breaches, now) : {};
  const told = tell({ ...facts, ticket: settled }, now);
  const onCall = settled.onCallDue !== null && (settled.onCallDue <= now || settled.state !== 'waiting');
  const all = { ...settled, ...climbed, ...told.set, ...(onCall ? { onCallDue: null } : {}) };
  return { set: changed(facts.ticket, all), breaches, tell: told.tell, alert: onCall && settled.state === 'waiting' };
}

/** Who waits decides what is due: after the first answer somebody who wrote again, or whoever waits for the ticket to be taken. */
function settle({ ticket, claimant, department, waitingSince, asleep }: Facts, now: Date): Partial<Ticket> {
  if (ticket.firstAnswerAt === null) return {};
  const owed = !asleep && (ticket.state === 'waiting' || waitingSince !== null);
  if (!owed) return { nextAnswerDue: null, nextBreachAt: null, ...(ticket.levelBy === 'clock' ? { rungDue: null } : {}) };
  return ticket.nextAnswerDue ? {} : { nextAnswerDue: nextAnswerDue(claimant, waitingSince ?? now, department), nextBreachAt: null };
}

function breachesOf(ticket: Ticket, now: Date): Breach[] {
  const passed: Record<Breach, boolean> = {
    'first-answer': ticket.firstAnswerAt === null && ticket.firstBreachAt === null && ticket.firstAnswerDue <= now,
    'next-answer': ticket.nextAnswerDue !== null && ticket.nextBreachAt === null && ticket.nextAnswerDue <= now,
    resolution: ticket.resolutionDue <= now,
    rung: ticket.rungDue !== null && ticket.rungDue <= now,
  };
  return (Object.keys(passed) as Breach[]).filter((breach) => passed[breach]);
}

// Each deadline is missed once: it is marked, or replaced by the next one of its kind.
function climb({ ticket, claimant, department }: Facts, breaches: Breach[], now: Date): Partial<Ticket> {
  const rung = nextRung(ticket.level, department);
  const again = Math.max(milliseconds('15m'), targetsFor(claimant, department).resolution);
  return {
    level: rung.level,
    // What a person had escalated stays with whom they meant, however far it is raised.
    ...(ticket.level === 'operator' && rung.level !== 'operator' ? { levelBy: 'clock' as const } : {}),
    rungDue: due(claimant, now, rung.within, department),
    ...(breaches.includes('first-answer') ? { firstBreachAt: now } : {}),
    ...(breaches.includes('next-answer') ? { nextBreachAt: now } : {}),
    ...(breaches.includes('resolution') ? { resolutionBreachAt: now, resolutionDue: due(claimant, now, again, department) } : {}),
  };
}

function tell(facts: Facts, now: Date): { set: Partial<Ticket>; tell?: 'line' | 'progress' } {
  const { ticket, department, waiting, tellable, owed, saidAt } = facts;
  const progress = milliseconds(waiting.progress);
  const later = (from: Date, ms: number) => ({ set: { tellDue: afterWork(department?.hours, from, ms) } });
  const step = stepOf(facts);
  const tellDue = earliest(ticket.tellDue, step === undefined ? undefined : afterWork(department?.hours, now, step));
  if (!tellDue) return later(now, progress);
  if (tellDue > now) return { set: { tellDue } };
  const opening = nextOpening(department?.hours, now);
  // They were told when we open; until then there is nothing new to say.
  if (opening) return later(opening, step ?? progress);
  if (!tellable || facts.asleep) return later(now, progress);
  if (owed) return later(now, step ?? progress);
  const told = ticket.told + 1;
  if (step !== undefined) {
    const next = stepOf({ ...facts, ticket: { ...ticket, told } }) ?? progress;
    return { set: { told, ...later(now, next).set }, tell: 'line' };
  }
  const quiet = saidAt ? afterWork(department?.hours, saidAt, progress) : now;
  return quiet > now ? { set: { tellDue: quiet } } : { set: { told, ...later(now, progress).set }, tell: 'progress' };
}

/** Milliseconds between two words to somebody who waits in a chat; undefined where the next one is about a long case. */
function stepOf({ ticket, claimant, waiting }: Facts): number | undefined {
  if (ticket.state !== 'waiting' || !claimant.live) return undefined;
  const [at, before] = [waiting.again[ticket.told], waiting.again[ticket.told - 1]];
  return at === undefined ? undefined : Math.max(milliseconds('1m'), milliseconds(at) - (before ? milliseconds(before) : 0));
}

function earliest(one: Date | null, other: Date | undefined): Date | undefined {
  if (one && other) return one < other ? one : other;
  return one ?? other;
}

function changed(before: Ticket, after: Ticket): Partial<Ticket> {
  const keys = (Object.keys(after) as (keyof Ticket)[]).filter((key) => String(before[key]) !== String(after[key]));
  return Object.fromEntries(keys.map((key) => [key, after[key]]));
}
