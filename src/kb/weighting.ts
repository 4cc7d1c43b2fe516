import type { Counted } from './vocabulary.ts';

/** A message as an expert sees it: features and their values. */
export interface Vector {
  ids: Int32Array;
  values: Float32Array;
}

/** How rare each feature is among an expert's questions: log((n + 1) / (df + 1)) + 1, 0 where it never occurs. */
export interface Rarity {
  idf: Float32Array;
  unknown: number;
}

/** Learns the rarity of the vocabulary's `size` features from an expert's questions. */
export function learnRarity(questions: Counted[], size: number): Rarity {
  const df = new Uint32Array(size);
  for (const { ids } of questions) for (const id of ids) df[id] = (df[id] as number) + 1;
  const unknown = Math.log(questions.length + 1) + 1;
  return { idf: Float32Array.from(df, (times) => (times ? unknown - Math.log(times + 1) : 0)), unknown };
}

/** Sub-linear tf × idf, each block of length 1 with what is unknown counted in, times the block's entry in `weights`. */
export function weigh({ ids, counts, ends, unknown }: Counted, rarity: Rarity, weights: readonly number[]): Vector {
  const values = new Float32Array(ids.length);
  let at = 0;
  for (let block = 0; block < ends.length; block++) {
    const from = at;
    let norm = (unknown[block] as number) * rarity.unknown ** 2;
    for (; at < (ends[block] as number); at++) {
      const idf = rarity.idf[ids[at] as number] as number;
      const tf = counts[at] === 1 ? 1 : 1 + Math.log(counts[at] as number);
      values[at] = tf * idf;
      norm += (tf * (idf || rarity.unknown)) ** 2;
    }
    const scale = norm ? (weights[block] as number) / Math.sqrt(norm) : 0;
    for (let i = from; i < at; i++) values[i] = (values[i] as number) * scale;
  }
  return { ids, values };
}
