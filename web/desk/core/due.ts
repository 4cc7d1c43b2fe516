import type { TicketLine } from '../../../src/server/desk/protocol.ts';

/** How a deadline stands. `ms`: left, below zero when it has passed. */
export interface Due {
  ms: number;
  tone: 'calm' | 'soon' | 'late';
}

/** The first-answer deadline of a ticket; undefined where somebody has answered or it is resolved. Soon: in the last third, at least 15 s. */
export function firstAnswer({ createdAt, firstAnswerDue, firstAnswerAt, state }: TicketLine, at: number): Due | undefined {
  if (firstAnswerAt || state === 'resolved') return undefined;
  const due = Date.parse(firstAnswerDue);
  const ms = due - at;
  const soon = Math.max(15_000, (due - Date.parse(createdAt)) / 3);
  return { ms, tone: ms <= 0 ? 'late' : ms <= soon ? 'soon' : 'calm' };
}
