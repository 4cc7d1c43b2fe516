import type { Department } from '../../kb/topic.ts';
import { afterWork } from './hours.ts';
import { type Claimant, targetsFor } from './target.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

/** A ticket's deadlines, and its place in line. */
export interface Deadlines {
  /** What line and lists are sorted by, earliest first. */
  lineAt: Date;
  firstAnswerDue: Date;
  resolutionDue: Date;
}

/**
 * Until when a person should have answered first and the matter should be resolved: the department's targets in its hours.
 * Top urgency is due day and night, and in line before everything of the last day.
 */
export function deadlines(claimant: Claimant, from: Date, department?: Department): Deadlines {
  const { firstAnswer, resolution } = targetsFor(claimant, department);
  const firstAnswerDue = due(claimant, from, firstAnswer, department);
  const place = firstAnswerDue.getTime() - (claimant.urgency === 'top' ? day : 0);
  return {
    // To the minute: BullMQ's priorities are no finer, and the list must agree with the line.
    lineAt: new Date(Math.floor(place / minute) * minute),
    firstAnswerDue,
    resolutionDue: due(claimant, from, resolution, department),
  };
}

/** Until when somebody who has been answered before should have the next answer. */
export function nextAnswerDue(claimant: Claimant, from: Date, department?: Department): Date {
  return due(claimant, from, targetsFor(claimant, department).nextAnswer, department);
}

/** `ms` after `from`: in the department's hours, for top urgency by the clock. */
export function due(claimant: Pick<Claimant, 'urgency'>, from: Date, ms: number, department?: Department): Date {
  return afterWork(claimant.urgency === 'top' ? undefined : department?.hours, from, ms);
}

// BullMQ's priorities end at 2^21: 2,097,151 minutes from here, the last days of 2029. Later deadlines share the last place; the list still sorts them.
const epoch = Date.UTC(2026, 0, 1);
const highest = 2 ** 21 - 1;

/** Place in a BullMQ line: minutes from a fixed epoch to lineAt, earliest first. */
export function linePriority(lineAt: Date): number {
  const minutes = Math.floor((lineAt.getTime() - epoch) / minute);
  return Math.min(highest, Math.max(1, minutes));
}
