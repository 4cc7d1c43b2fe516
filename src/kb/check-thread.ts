// Runs in a worker thread of check-apart.ts: comparing all questions with each other takes long enough to be felt.
import { parentPort, workerData } from 'node:worker_threads';
import { checkKnowledge } from './check.ts';
import { loadKnowledge } from './load.ts';

const { dir } = workerData;
const loaded = await loadKnowledge(dir);
parentPort?.postMessage(await checkKnowledge(dir, loaded));
