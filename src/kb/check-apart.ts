import { Worker } from 'node:worker_threads';
import type { KnowledgeFault } from './fault.ts';

/** Checks a folder in a thread of its own, while the main one goes on answering: all that `kb check --quick` finds. */
export function checkApart(dir: string): Promise<KnowledgeFault[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./check-thread.ts', import.meta.url), { workerData: { dir } });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => code && reject(new Error(`The checking thread ended with ${code}.`)));
  });
}
