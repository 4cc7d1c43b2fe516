import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lexicon } from '../../src/kb/topic.ts';

/** A labelled text. `language` is that of the text. */
export interface Sample {
  text: string;
  label: string;
  language: string;
}

/** Questions to learn from and to ask. */
export interface Dataset {
  name: string;
  train: Sample[];
  test: Sample[];
  /** Messages that no label covers: for training, for asking. */
  outside: { train: string[]; test: string[] };
  /** Concepts, where the dataset comes with some. */
  lexicon?: Lexicon;
}

/** BANKING77 (train.csv, test.csv) and CLINC150 (data_full.json) in their original formats, from a folder or its folders banking77 and clinc150. */
export function readDatasets(folder: string): Dataset[] {
  const found: Dataset[] = [];
  for (const dir of [folder, join(folder, 'banking77'), join(folder, 'clinc150')]) {
    if (existsSync(join(dir, 'train.csv'))) {
      const read = (file: string) =>
        readCsv(readFileSync(join(dir, file), 'utf8'))
          .slice(1)
          .map(([text = '', label = '']) => ({ text, label, language: 'en' }));
      found.push({ name: 'BANKING77', train: read('train.csv'), test: read('test.csv'), outside: { train: [], test: [] } });
    }
    if (existsSync(join(dir, 'data_full.json'))) {
      const data = JSON.parse(readFileSync(join(dir, 'data_full.json'), 'utf8')) as Record<string, [string, string][]>;
      const read = (part: string) => (data[part] ?? []).map(([text, label]) => ({ text, label, language: 'en' }));
      const texts = (part: string) => (data[part] ?? []).map(([text]) => text);
      found.push({
        name: 'CLINC150',
        train: read('train'),
        test: read('test'),
        outside: { train: texts('oos_train'), test: texts('oos_test') },
      });
    }
  }
  return found;
}

/** The dataset with so many examples per label, drawn from a fixed seed. */
export function fewShot(dataset: Dataset, examples: number): Dataset {
  const random = seeded(11);
  const shuffled = dataset.train.map((sample) => ({ sample, at: random() })).sort((a, b) => a.at - b.at);
  const taken = new Map<string, number>();
  const train = shuffled.flatMap(({ sample }) => {
    const count = (taken.get(sample.label) ?? 0) + 1;
    taken.set(sample.label, count);
    return count <= examples ? [sample] : [];
  });
  return { ...dataset, name: `${dataset.name}, ${examples} per label`, train };
}

/** A text with about one typing error per eight letters: a letter lost, doubled, replaced or swapped with its neighbour. */
export function mistype(text: string, random: () => number): string {
  return text.replace(/(\p{L})(\p{L}?)/gu, (both, one: string, other: string) => {
    if (random() > 1 / 4) return both;
    const kind = Math.floor(random() * 4);
    return [other, one + one + other, 'aeiklnrst'[Math.floor(random() * 9)] + other, other + one][kind] as string;
  });
}

/** Numbers in [0, 1) that are the same in every run (mulberry32). */
export function seeded(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function readCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1)?.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    if (end !== ',') rows.push([]);
  }
  return rows.filter((row) => row.length > 1);
}
