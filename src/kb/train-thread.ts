// Runs in a worker thread of trained.ts: training takes seconds, in which the main thread must go on answering.
import { parentPort, workerData } from 'node:worker_threads';
import { learn } from './model.ts';

parentPort?.postMessage(learn(workerData.knowledge, workerData.background));
