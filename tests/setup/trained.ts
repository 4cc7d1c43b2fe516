import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { ordinaryOf } from '../../src/dialogue/ordinary.ts';
import { loadSignalRules } from '../../src/dialogue/signal-rules.ts';
import { loadKnowledge } from '../../src/kb/load.ts';
import { createSearch } from '../../src/kb/search.ts';
import { smallKnowledge } from './small-knowledge.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of what was trained on the small knowledge. */
    trained: string;
  }
}

/** The small knowledge is trained once for all suites: an app under test finds it in its cache, as every start but an installation's first does. */
export default async function setup(project: TestProject) {
  const cacheDir = await mkdtemp(path.join(os.tmpdir(), 'destek-trained-'));
  const { knowledge } = await loadKnowledge(smallKnowledge);
  await Promise.all([createSearch(knowledge, { cacheDir }), loadSignalRules(ordinaryOf(knowledge), { cacheDir })]);
  project.provide('trained', cacheDir);
  return () => rm(cacheDir, { recursive: true, force: true });
}
