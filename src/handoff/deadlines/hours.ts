import { DateTime } from 'luxon';
import type { Hours } from '../../kb/topic.ts';

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const dayMs = 24 * 60 * 60_000;

/** When it opens next; undefined while it is open, has no hours (always open) or does not open within three weeks. */
export function nextOpening(hours: Hours | undefined, now: Date): Date | undefined {
  const [first] = hours ? workingTimes(hours, now, 21) : [];
  return first && first.from > now.getTime() ? new Date(first.from) : undefined;
}

/**
 * The time when so many milliseconds of work have passed since `from`: clock time where there are no hours, else only what lies within them.
 * Hours that do not open within two months do not hold anything up: then it is clock time too.
 */
export function afterWork(hours: Hours | undefined, from: Date, ms: number): Date {
  let left = ms;
  for (const { from: start, to } of hours ? workingTimes(hours, from, 62) : []) {
    if (left <= to - start) return new Date(start + left);
    left -= to - start;
  }
  // More work than the next two months have: it goes on by the clock, so that there always is a deadline.
  return new Date(from.getTime() + (left < ms ? 62 * dayMs : 0) + left);
}

/** A stretch of working time, milliseconds since the epoch. */
interface Stretch {
  from: number;
  to: number;
}

// In order and without overlaps, the first cut at `now`.
function workingTimes(hours: Hours, now: Date, daysAhead: number): Stretch[] {
  const today = DateTime.fromJSDate(now, { zone: hours.zone }).startOf('day');
  const stretches: Stretch[] = [];
  // From yesterday: an interval that began then may run across midnight.
  for (let ahead = -1; ahead <= daysAhead; ahead++) stretches.push(...intervalsOf(hours, today.plus({ days: ahead })));
  const whole: Stretch[] = [];
  for (const { from, to } of stretches.sort((a, b) => a.from - b.from)) {
    const last = whole.at(-1);
    if (to <= now.getTime()) continue;
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else whole.push({ from: Math.max(from, now.getTime()), to });
  }
  return whole;
}

function intervalsOf(hours: Hours, day: DateTime): Stretch[] {
  if (hours.holidays?.includes(day.toISODate() ?? '')) return [];
  const name = days[day.weekday - 1] ?? 'mon';
  return (hours.week[name] ?? []).map((interval) => {
    const [from = '', to = ''] = interval.split('-').map((time) => time.trim());
    const start = at(day, from);
    const end = at(day, to);
    return { from: start.toMillis(), to: (end > start ? end : at(day.plus({ days: 1 }), to)).toMillis() };
  });
}

// Set on the calendar day, not added to midnight: on a day when the clocks change nine o'clock is still nine o'clock.
function at(day: DateTime, time: string): DateTime {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour === 24 ? day.plus({ days: 1 }) : day.set({ hour, minute });
}
