/** Days ahead from which a weekday alone could be taken for the one before. */
const farDays = 6;

/**
 * When we open again, in the time of the department, whose zone is said with it: on the next days the weekday and the time, further ahead the date too.
 * `now`: in tests.
 */
export function sayOpening(opening: Date, zone: string, language: string, now = new Date()): string {
  const far = opening.getTime() - now.getTime() > farDays * 24 * 3600_000;
  const day = opening.toLocaleDateString(language, { weekday: 'long', ...(far && { day: 'numeric', month: 'long' }), timeZone: zone });
  const time = opening.toLocaleTimeString(language, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: zone,
    timeZoneName: 'short',
  });
  return `${day}, ${time}`;
}
