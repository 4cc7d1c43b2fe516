import process from 'node:process';

/** How many times as long something takes for a length of `to` as for one of `from`: about to/from where its time grows with the length, the square of that where it may hold a process up. Less than `noise`, ms, counts as that much. */
export function growth(act: (length: number) => void, from: number, to: number, noise = 5): number {
  act(from);
  const small = Math.max(
    noise,
    processorTime(() => act(from), 5),
  );
  return processorTime(() => act(to), 3) / small;
}

/** The least of some tries, in milliseconds of the processor: the clock runs on while others have the machine. */
export function processorTime(act: () => void, tries: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let n = 0; n < tries; n++) {
    const from = process.cpuUsage();
    act();
    const { user, system } = process.cpuUsage(from);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}
