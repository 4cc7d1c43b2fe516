import { Worker } from 'node:worker_threads';
import type { Email } from 'postal-mime';

/** The largest mail that is read is done in seconds on any machine. Milliseconds. */
const mostMs = 120_000;
/** The thread's memory, MB: what needs more is made to hurt, and takes nothing down but its own thread. */
const mostMemory = 1_024;

/** As parseMail, in a thread of its own, while everything else goes on. Rejects also where that needs too much time or memory. */
export function parseApart(source: Buffer): Promise<Email> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./parse-thread.ts', import.meta.url), {
      workerData: source,
      resourceLimits: { maxOldGenerationSizeMb: mostMemory },
    });
    const late = setTimeout(() => {
      reject(new Error(`not read within ${mostMs / 1000} s`));
      void worker.terminate();
    }, mostMs);
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => {
      clearTimeout(late);
      reject(new Error(`The thread that reads a mail ended with ${code}.`));
    });
  });
}
