/** What a ticket's deadlines depend on. */
export interface Claimant {
  urgency: 'normal' | 'high' | 'top';
  tier: string | null;
  /** True where people expect an answer at once (chat), false where within hours (e-mail). */
  live: boolean;
}

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
 * Until when a person should have answered first and the matter should be resolved. Defaults from the trade: chat 60 s, e-mail 1 h,
 * resolution 12 h; a member with a tier in half the time; top urgency at once, and in line before everything of the last day.
 */
export function deadlines(claimant: Claimant, from: Date): Deadlines {
  const base = claimant.live ? minute : 60 * minute;
  const share = { normal: 1, high: 0.5, top: 0 }[claimant.urgency] * (claimant.tier ? 0.5 : 1);
  const resolution = { normal: 12 * 60, high: 4 * 60, top: 60 }[claimant.urgency] * minute;
  const firstAnswerDue = new Date(from.getTime() + base * share);
  const place = firstAnswerDue.getTime() - (claimant.urgency === 'top' ? day : 0);
  // To the minute: BullMQ's priorities are no finer, and the list must agree with the line.
  return { lineAt: new Date(Math.floor(place / minute) * minute), firstAnswerDue, resolutionDue: new Date(from.getTime() + resolution) };
}

// BullMQ's priorities end at 2^21: 2,097,151 minutes from here, the last days of 2029. Later deadlines share the last place; the list still sorts them.
const epoch = Date.UTC(2026, 0, 1);
const highest = 2 ** 21 - 1;

/** Place in a BullMQ line: minutes from a fixed epoch to lineAt, earliest first. */
export function linePriority(lineAt: Date): number {
  const minutes = Math.floor((lineAt.getTime() - epoch) / minute);
  return Math.min(highest, Math.max(1, minutes));
}
