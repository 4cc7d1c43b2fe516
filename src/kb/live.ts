import type { Topic } from './topic.ts';

/** True while a topic may be answered: enabled, and the day (`2026-03-01`) within its dates, both included. */
export function isLive({ enabled, validFrom, validUntil }: Pick<Topic, 'enabled' | 'validFrom' | 'validUntil'>, day: string): boolean {
  return enabled && (validFrom === undefined || day >= validFrom) && (validUntil === undefined || day <= validUntil);
}
