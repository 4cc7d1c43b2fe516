import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { Background } from './example.ts';
import type { Model } from './model.ts';
import type { Knowledge } from './topic.ts';

/** Raised whenever the training or the shape of what it gives changes, so that old files are not used. */
const VERSION = 3;
const KEPT = 4;

/** Where the installation leaves the models that it trains. */
export const shippedModels = join(import.meta.dirname, '../../.cache/search');

/** The knowledge's trained model: from the cache where an earlier run or the installation left it, else trained in two worker threads and left there. */
export async function trained(knowledge: Knowledge, background: Background, cacheDir?: string): Promise<Model> {
  const { topics, languages, lexicon } = knowledge;
  const parts = [...topics.values()].map(({ id, enabled, texts, policy, precedence }) => [
    id,
    enabled,
    policy,
    precedence,
    Object.entries(texts).map(([language, { title, questions }]) => [language, title, questions]),
  ]);
  const content = JSON.stringify([VERSION, process.versions.v8, languages, lexicon, parts, background]);
  const name = `search-${createHash('sha256').update(content).digest('hex').slice(0, 24)}.bin`;
  const file = cacheDir && join(cacheDir, name);
  const kept = file && ((await read(file)) ?? (await read(join(shippedModels, name))));
  if (kept) return kept;
  const [model, temperature] = await Promise.all([
    inThread<Model>({ task: 'learn', knowledge, background }),
    inThread<number>({ task: 'temperature', knowledge, background }),
  ]);
  model.temperature = temperature;
  if (file) await keep(file, model);
  return model;
}

async function read(file: string): Promise<Model | null> {
  try {
    return deserialize(await readFile(file)) as Model;
  } catch {
    return null; // not there, or cut short: train anew
  }
}

// Written beside and renamed, so that two processes starting at once never read half a file. The cache only saves time: a full disk is no fault.
async function keep(file: string, model: Model): Promise<void> {
  const part = `${file}.${process.pid}`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(part, serialize(model));
    await rename(part, file);
    await forgetOld(dirname(file));
  } catch {}
}

// An edit of the knowledge leaves a file behind: the newest few are kept, so that two knowledge folders may take turns.
async function forgetOld(dir: string): Promise<void> {
  const names = (await readdir(dir)).filter((name) => /^search-.*\.bin$/.test(name)).map((name) => join(dir, name));
  const byAge = await Promise.all(names.map(async (name) => ({ name, changed: (await stat(name)).mtimeMs })));
  byAge.sort((a, b) => b.changed - a.changed);
  for (const { name } of byAge.slice(KEPT)) await unlink(name);
}

function inThread<Result>(work: { task: 'learn' | 'temperature'; knowledge: Knowledge; background: Background }): Promise<Result> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./train-thread.ts', import.meta.url), { workerData: work });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => code && reject(new Error(`The training thread ended with ${code}.`)));
  });
}
