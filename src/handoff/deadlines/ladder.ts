import { milliseconds } from '../../kb/duration.ts';
import type { Department } from '../../kb/topic.ts';
import { due } from './deadline.ts';
import type { Claimant } from './target.ts';

/** Who a ticket is for, from the bottom up. */
const levels = ['operator', 'supervisor', 'investigation'] as const;
export type Level = (typeof levels)[number];

/** A step of a department's ladder: the level, and how long it has before the next step. */
export interface Rung {
  level: Level;
  /** Milliseconds of the department's hours. */
  within: number;
}

// A supervisor sees to what nobody did within a quarter of an hour; only people and departments that say so begin an investigation.
const usual: Rung[] = [{ level: 'supervisor', within: 15 * 60_000 }];
const investigation = 72 * 3_600_000;
const least = 60_000;

/**
 * The rung that a ticket of this level climbs to when a deadline passes. At the top it stays on its rung and the rung's time begins anew:
 * who is called there is called again, so that there is never silence.
 */
export function nextRung(level: Level, department?: Department): Rung {
  const above = ladderOf(department).find((rung) => levels.indexOf(rung.level) > levels.indexOf(level));
  return above ?? { level, within: withinOf(level, department) };
}

/** Until when a ticket that has come to a level has to be moved there; undefined for operators, whose deadlines are the answers'. */
export function rungDue(level: Level, claimant: Pick<Claimant, 'urgency'>, from: Date, department?: Department): Date | undefined {
  return level === 'operator' ? undefined : due(claimant, from, withinOf(level, department), department);
}

function withinOf(level: Level, department: Department | undefined): number {
  const given = ladderOf(department).find((rung) => rung.level === level)?.within;
  return given ?? (level === 'investigation' ? investigation : (usual[0]?.within ?? least));
}

function ladderOf(department: Department | undefined): Rung[] {
  const given = department?.escalation ?? [];
  // A rung without time would be climbed in a moment, again and again.
  return given.length > 0 ? given.map(({ level, within }) => ({ level, within: Math.max(least, milliseconds(within)) })) : usual;
}
