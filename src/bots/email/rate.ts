/** Counts what would be answered automatically; true where it is too much, which is a loop or a flood. `at`: when it arrived, milliseconds. */
export type RateCap = (mailbox: string, sender: string, at: number) => boolean;

const hourMs = 3_600_000;
/** No person writes more in an hour, or in a day; a program that answers each of our mails with a new one does. */
const perSender = { hour: 12, day: 40 };
const perMailbox = { hour: 3_000 };

/**
 * Counts by the time of arrival, so that a mailbox that is read late is judged as if it had been read in time.
 * In memory: one process reads a mailbox, and its restart forgives.
 */
export function createRateCap(): RateCap {
  const arrivals = new Map<string, number[]>();
  const count = (key: string, at: number, ms: number) => (arrivals.get(key) ?? []).filter((each) => Math.abs(at - each) < ms).length;
  const add = (key: string, at: number, most: number) => {
    const list = arrivals.get(key) ?? [];
    list.push(at);
    arrivals.delete(key);
    arrivals.set(key, list.slice(-most));
  };
  return (mailbox, sender, at) => {
    const key = `${mailbox} ${sender}`;
    const over =
      count(key, at, hourMs) >= perSender.hour ||
      count(key, at, 24 * hourMs) >= perSender.day ||
      count(mailbox, at, hourMs) >= perMailbox.hour;
    add(key, at, perSender.day);
    add(mailbox, at, perMailbox.hour);
    if (arrivals.size > 20_000) arrivals.delete(arrivals.keys().next().value as string);
    return over;
  };
}
