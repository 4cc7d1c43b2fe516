import type { TicketLine } from '../../../src/server/desk/protocol.ts';

/** How a deadline stands. `ms`: left, below zero when it has passed. */
export interface Due {
  what: 'first' | 'next' | 'resolution';
  ms: number;
  tone: 'calm' | 'soon' | 'late';
}

const minute = 60_000;

/** The deadline of a ticket that comes next: the first answer, else the next one that somebody waits for, else the resolution; undefined where it is resolved. Soon: in the last third, at least 15 s. */
export function nextDue(ticket: TicketLine, at: number): Due | undefined {
  const { state, createdAt, firstAnswerDue, firstAnswerAt, nextAnswerDue, resolutionDue, lastAt } = ticket;
  if (state === 'resolved') return undefined;
  if (!firstAnswerAt) return due('first', createdAt, firstAnswerDue, at);
  return nextAnswerDue ? due('next', lastAt ?? createdAt, nextAnswerDue, at) : due('resolution', createdAt, resolutionDue, at);
}

function due(what: Due['what'], from: string, until: string, at: number): Due {
  const end = Date.parse(until);
  const ms = end - at;
  // Hours ahead, a third is no hurry yet.
  const soon = Math.min(60 * minute, Math.max(15_000, (end - Date.parse(from)) / 3));
  return { what, ms, tone: ms <= 0 ? 'late' : ms <= soon ? 'soon' : 'calm' };
}
