import type { Knowledge } from '../../kb/topic.ts';
import { type Deadlines, deadlines } from './deadline.ts';
import { type Level, rungDue } from './ladder.ts';

/** What a ticket's deadlines depend on: how urgent it is, whose, where it came from and which department has it. */
interface Due {
  urgency: 'normal' | 'high' | 'top';
  tier: string | null;
  channel: string;
  department: string;
}

/** Deadlines by the targets and hours of a ticket's department as they are now. */
export interface DeadlinesOf {
  /** All of a ticket's, from a time on. */
  ticket(due: Due, from: Date): Deadlines;
  /** Until when it may stay on a rung that it comes to; undefined on the lowest. */
  rung(level: Level, due: Due, from: Date): Date | undefined;
}

/** Reckons by the knowledge in use. `live`: channels where people expect an answer at once. */
export function createDeadlinesOf(knowledge: () => Knowledge, live: (channel: string) => boolean): DeadlinesOf {
  const department = (due: Due) => knowledge().departments.find(({ id }) => id === due.department);
  const claimant = ({ urgency, tier, channel }: Due) => ({ urgency, tier, channel, live: live(channel) });
  return {
    ticket: (due, from) => deadlines(claimant(due), from, department(due)),
    rung: (level, due, from) => rungDue(level, claimant(due), from, department(due)),
  };
}
