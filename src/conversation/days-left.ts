/** Whole days that are left until then, none below zero; undefined where nobody told. */
export function daysLeft(endsAt: number | undefined, now: number): number | undefined {
  return endsAt === undefined ? undefined : Math.max(0, Math.floor((endsAt - now) / 86_400_000));
}

/** Whether people must be told by now: from 14 days on. */
export function endsSoon(days: number | undefined): days is number {
  return days !== undefined && days <= 14;
}
