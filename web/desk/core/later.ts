const hour = 3_600_000;

/** Times that a ticket is often put off to, from now on, in the person's own time of day. */
export function laterTimes(now: Date): { hour: Date; hours: Date; tomorrow: Date; monday: Date } {
  const morning = (days: number) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, 9);
  return {
    hour: new Date(now.getTime() + hour),
    hours: new Date(now.getTime() + 3 * hour),
    tomorrow: morning(1),
    monday: morning(((8 - now.getDay()) % 7 || 7) as number),
  };
}

/** A time as `<input type="datetime-local">` has it. */
export function localInput(at: Date): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
}
