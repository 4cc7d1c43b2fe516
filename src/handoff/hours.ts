import { DateTime } from 'luxon';
import type { Hours } from '../kb/topic.ts';

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** When it opens next; undefined while it is open, has no hours (always open) or does not open within three weeks. */
export function nextOpening(hours: Hours | undefined, now: Date): Date | undefined {
  if (!hours) return undefined;
  const local = DateTime.fromJSDate(now, { zone: hours.zone });
  let next: DateTime | undefined;
  // From yesterday: an interval that began then may run across midnight.
  for (let ahead = -1; ahead <= 21; ahead++) {
    for (const [from, to] of intervalsOf(hours, local.startOf('day').plus({ days: ahead }))) {
      if (from <= local && local < to) return undefined;
      if (from > local && (!next || from < next)) next = from;
    }
  }
  return next?.toJSDate();
}

function intervalsOf(hours: Hours, day: DateTime): [DateTime, DateTime][] {
  if (hours.holidays?.includes(day.toISODate() ?? '')) return [];
  const name = days[day.weekday - 1] ?? 'mon';
  return (hours.week[name] ?? []).map((interval) => {
    const [from = '', to = ''] = interval.split('-').map((time) => time.trim());
    const start = at(day, from);
    const end = at(day, to);
    return [start, end > start ? end : at(day.plus({ days: 1 }), to)];
  });
}

// Set on the calendar day, not added to midnight: on a day when the clocks change nine o'clock is still nine o'clock.
function at(day: DateTime, time: string): DateTime {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour === 24 ? day.plus({ days: 1 }) : day.set({ hour, minute });
}
