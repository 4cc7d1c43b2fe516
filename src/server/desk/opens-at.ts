import { nextOpening } from '../../handoff/deadlines/hours.ts';
import type { Knowledge } from '../../kb/topic.ts';

/** When a department opens next, ISO 8601; undefined while it is open, or where it has no hours. */
export function opensAt({ departments }: Knowledge, id: string, now = new Date()): string | undefined {
  return nextOpening(departments.find((each) => each.id === id)?.hours, now)?.toISOString();
}
