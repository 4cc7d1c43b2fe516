import { Worker } from 'node:worker_threads';
import type { Background } from './example.ts';
import type { LanguageModel } from './language.ts';
import type { Model, QuestionsModel } from './model.ts';
import { keptModel } from './model-cache.ts';
import type { Knowledge } from './topic.ts';

/** Raised whenever the training or the shape of what it gives changes, so that old files are not used. */
const VERSION = 9;

/** Where the training is kept by content, and who hears that it has to be done first. */
export interface Training {
  cacheDir?: string;
  /** Training begins: half a minute of both cores. Not called where an earlier run or the installation did it. */
  onTraining?(): void;
}

/** The knowledge's trained model: from the cache where an earlier run or the installation left it, else trained in three worker threads and left there. */
export async function trained(knowledge: Knowledge, background: Background, { cacheDir, onTraining }: Training): Promise<Model> {
  const { topics, languages, lexicon } = knowledge;
  const parts = [...topics.values()].map(({ id, enabled, texts, policy, precedence }) => [
    id,
    enabled,
    policy,
    precedence,
    Object.entries(texts).map(([language, { title, questions }]) => [language, title, questions]),
  ]);
  return keptModel('search', [VERSION, languages, lexicon, parts, background], cacheDir, async () => {
    onTraining?.();
    const [model, temperature, language] = await Promise.all([
      inThread<QuestionsModel>({ task: 'questions', knowledge, background }),
      inThread<number>({ task: 'temperature', knowledge, background }),
      inThread<LanguageModel>({ task: 'tongues', knowledge, background }),
    ]);
    return { ...model, language, temperature };
  });
}

function inThread<Result>(work: {
  task: 'questions' | 'temperature' | 'tongues';
  knowledge: Knowledge;
  background: Background;
}): Promise<Result> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./train-thread.ts', import.meta.url), { workerData: work });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => code && reject(new Error(`The training thread ended with ${code}.`)));
  });
}
