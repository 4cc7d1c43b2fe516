/** A stretch of time as knowledge files have it: `90s`, `15m`, `12h`. */
export type Duration = string;

/** How a duration is written. */
export const durationPattern = /^\d{1,6}[smh]$/;

const units: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000 };

/** Milliseconds of a duration. */
export function milliseconds(duration: Duration): number {
  return Number(duration.slice(0, -1)) * (units[duration.slice(-1)] ?? 0);
}
