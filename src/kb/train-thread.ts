// Runs in a worker thread of trained.ts: training takes seconds, in which the main thread must go on answering.
import { parentPort, workerData } from 'node:worker_threads';
import { findTemperature, learn } from './model.ts';

const { task, knowledge, background } = workerData;
parentPort?.postMessage(task === 'learn' ? learn(knowledge, background) : findTemperature(knowledge, background));
