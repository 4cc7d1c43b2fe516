import type { Queue } from 'bullmq';
import { createBatch } from '../store/batch.ts';

/** A wake-up: of what, and after how many milliseconds. */
interface WakeUp {
  key: string;
  delayMs: number;
}

/** Wakes by one command for all wake-ups of the same moment; rejects where the server does not answer. `queue`: as it is now. */
export function createWaker(queue: () => Queue): (wakeUp: WakeUp) => Promise<void> {
  const jobOf = ({ key, delayMs }: WakeUp) => ({
    name: 'look',
    data: { key },
    opts: { delay: delayMs, deduplication: { id: key, keepLastIfActive: true, reschedule: delayMs === 0 } },
  });
  const add = async (jobs: ReturnType<typeof jobOf>[]) => soon(queue().addBulk(jobs));
  return createBatch({
    key: ({ key }) => key,
    async together(wakeUps) {
      await add(wakeUps.map(jobOf));
      return new Map(wakeUps.map((_, n) => [n, undefined]));
    },
    alone: (wakeUp) => add([jobOf(wakeUp)]),
    // While the server is away, all that wait give up together.
    most: 1_000,
  });
}

/** Five seconds at the most for what a queue is told: a server that has not answered since the start is waited for without an end by BullMQ. */
export async function soon(added: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the queue does not answer')), 5_000);
  });
  await Promise.race([added, late]).finally(() => clearTimeout(timer));
}
