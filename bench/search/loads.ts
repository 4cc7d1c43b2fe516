import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ordinaryOf } from '../../src/dialogue/ordinary.ts';
import { loadSignalRules } from '../../src/dialogue/signal-rules.ts';
import { createSearch } from '../../src/kb/search.ts';
import type { Knowledge } from '../../src/kb/topic.ts';

/** Prints how long the search and the rules for signals take until they answer: trained now, and from what an earlier run left. */
export async function loads(knowledge: Knowledge, print: (line: string) => void): Promise<void> {
  print('\nLoad of the shipped knowledge\n                 search s   cpu s  signals s   cpu s');
  const cacheDir = mkdtempSync(join(tmpdir(), 'destek-bench-'));
  // Another question makes another content, so that what the installation trained is not taken.
  const [first, ...others] = [...knowledge.topics.values()];
  const texts = Object.fromEntries(
    Object.entries(first?.texts ?? {}).map(([language, text]) => [language, { ...text, questions: [...text.questions, 'bench'] }]),
  );
  const changed = first ? { ...knowledge, topics: new Map([{ ...first, texts }, ...others].map((topic) => [topic.id, topic])) } : knowledge;
  for (const name of ['trained now', 'from the cache']) {
    const search = await timed(() => createSearch(changed, { cacheDir }));
    const signals = await timed(() => loadSignalRules({ ...ordinaryOf(changed), words: ['bench'] }, { cacheDir }));
    print(`${name.padEnd(16)} ${[...search, ...signals].map((seconds) => seconds.toFixed(2).padStart(8)).join(' ')}`);
  }
  rmSync(cacheDir, { recursive: true });
}

async function timed(work: () => Promise<unknown>): Promise<[wall: number, cpu: number]> {
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  await work();
  const used = process.cpuUsage(cpu);
  return [(performance.now() - start) / 1000, (used.user + used.system) / 1e6];
}
