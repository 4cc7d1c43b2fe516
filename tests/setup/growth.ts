import process from 'node:process';

/** How many times as long something takes for a length of `to` as for one of `from`: about to/from where its time grows with the length, the square of that where it may hold a process up. Less than `noise`, ms, counts as that much. */
export function growth(act: (length: number) => void, from: number, to: number, noise = 5): number {
  act(from);
  return (
    least(() => act(to)) /
    Math.max(
      noise,
      least(() => act(from)),
    )
  );
}

/** The least of two tries, in milliseconds of the processor: the clock runs on while others have the machine. */
function least(act: () => void): number {
  return Math.min(processorTime(act), processorTime(act));
}

function processorTime(act: () => void): number {
  const from = process.cpuUsage();
  act();
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1000;
}
