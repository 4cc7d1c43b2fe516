import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Background } from './example.ts';
import { tokens } from './fold.ts';
import type { Knowledge } from './topic.ts';

/**
 * Speech that no topic covers, for the class "none of them": what people write to any desk (locales/<language>/out-of-scope.yaml),
 * what sounds near to this knowledge (its own out-of-scope.yaml), and other languages (locales/foreign.yaml); beside it, for the guess of the language,
 * the examples of locales/<language>/signals.yaml and the words of everyday.yaml. A file that is not there adds nothing.
 */
export async function loadBackground(knowledge: Knowledge): Promise<Background> {
  const covered = coveredBy(knowledge);
  const outOfScope: Record<string, string[]> = {};
  const speech: Record<string, string[]> = {};
  for (const language of knowledge.languages) {
    const general = ((await read(`${language}/out-of-scope.yaml`)) as string[] | null) ?? [];
    outOfScope[language] = [...general.filter((text) => !covered(text)), ...(knowledge.outOfScope?.[language] ?? [])];
    const everyday = ((await read(`${language}/everyday.yaml`)) as string[] | null) ?? [];
    speech[language] = [...textsIn(await read(`${language}/signals.yaml`)), ...everyday];
  }
  const others = (await read('foreign.yaml')) as Record<string, string[]> | null;
  const foreign = Object.entries(others ?? {}).flatMap(([language, texts]) => (knowledge.languages.includes(language) ? [] : texts));
  return { outOfScope, speech, foreign };
}

// Every text in a file of signals that is written as people write, not as a pattern; single words and lists of words say little.
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return /^[^(=^*<>|~]+$/.test(value) && value.includes(' ') ? [value] : [];
  return value && typeof value === 'object' ? Object.values(value).flatMap(textsIn) : [];
}

// What is general speech to one desk is a topic of another (a parcel, a flat): such lines are left out where a question says nearly the same.
function coveredBy(knowledge: Knowledge): (text: string) => boolean {
  const stems = (text: string) => new Set(tokens(text).map((word) => word.slice(0, 5)));
  const sizes: number[] = [];
  const containing = new Map<string, number[]>();
  for (const { texts } of knowledge.topics.values()) {
    for (const { questions } of Object.values(texts)) {
      for (const question of questions) {
        const own = stems(question);
        for (const stem of own) containing.get(stem)?.push(sizes.length) ?? containing.set(stem, [sizes.length]);
        sizes.push(own.size);
      }
    }
  }
  const shared = new Uint16Array(sizes.length);
  return (text) => {
    const own = stems(text);
    shared.fill(0);
    for (const stem of own) for (const at of containing.get(stem) ?? []) shared[at] = (shared[at] as number) + 1;
    return shared.some((both, at) => both >= 2 && both / (own.size + (sizes[at] as number) - both) >= 0.6);
  };
}

const LOCALES = join(import.meta.dirname, '../../locales');

async function read(file: string): Promise<unknown> {
  try {
    return parse(await readFile(join(LOCALES, file), 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
