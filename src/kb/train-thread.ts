// Runs in a worker thread of trained.ts: training takes seconds, in which the main thread must go on answering.
import { parentPort, workerData } from 'node:worker_threads';
import { findTemperature, learnQuestions, learnTongues } from './model.ts';

const { task, knowledge, background } = workerData;
const tasks = { questions: learnQuestions, temperature: findTemperature, tongues: learnTongues };
parentPort?.postMessage(tasks[task as keyof typeof tasks](knowledge, background));
