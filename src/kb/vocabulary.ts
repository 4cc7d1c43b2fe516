import type { Features } from './features.ts';

/** A message as numbers: places of its known features and their values, and which share of its weight the knowledge knows. */
export interface Vector {
  ids: Int32Array;
  values: Float32Array;
  /** 0..1, the words' idf mass that is known. */
  coverage: number;
}

/** Feature hashes seen in training and how rare each is. Plain arrays, so that it can be kept in a file. */
export interface Vocabulary {
  /** Open addressing: hash at a slot, and the slot's feature (−1: free). A power of two long. */
  hashes: Int32Array;
  slots: Int32Array;
  /** log((n + 1) / (df + 1)) + 1 */
  idf: Float32Array;
  unknownIdf: number;
}

/** Learns the vocabulary from all questions' features; those of fewer than `least` questions are left out. */
export function learnVocabulary(all: Features[], least: number): Vocabulary {
  const df = new Map<number, number>();
  for (const features of all) {
    for (const block of features) for (const feature of new Set(block)) df.set(feature, (df.get(feature) ?? 0) + 1);
  }
  const kept = [...df].filter(([, count]) => count >= least);
  const size = 1 << Math.ceil(Math.log2(kept.length * 2 + 2));
  const vocabulary: Vocabulary = {
    hashes: new Int32Array(size),
    slots: new Int32Array(size).fill(-1),
    idf: new Float32Array(kept.length),
    unknownIdf: Math.log(all.length + 1) + 1,
  };
  kept.forEach(([feature, count], id) => {
    let slot = feature & (size - 1);
    while (vocabulary.slots[slot] !== -1) slot = (slot + 1) & (size - 1);
    vocabulary.hashes[slot] = feature;
    vocabulary.slots[slot] = id;
    vocabulary.idf[id] = Math.log((all.length + 1) / (count + 1)) + 1;
  });
  return vocabulary;
}

/** Sub-linear tf × idf, each block of length 1 with what is unknown counted in, times the block's entry in `weights`. */
export function vectorOf(features: Features, vocabulary: Vocabulary, weights: readonly number[]): Vector {
  const ids: number[] = [];
  const values: number[] = [];
  let coverage = 0;
  features.forEach((block, number) => {
    const counts = new Map<number, number>();
    let norm = 0;
    let known = 0;
    let mass = 0;
    const unknown = new Map<number, number>();
    for (const feature of block) {
      const id = lookUp(vocabulary, feature);
      if (id < 0) unknown.set(feature, (unknown.get(feature) ?? 0) + 1);
      else counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    const from = ids.length;
    for (const [id, count] of counts) {
      const idf = vocabulary.idf[id] ?? 0;
      const value = (1 + Math.log(count)) * idf;
      norm += value * value;
      known += idf;
      ids.push(id);
      values.push(value);
    }
    for (const count of unknown.values()) {
      norm += ((1 + Math.log(count)) * vocabulary.unknownIdf) ** 2;
      mass += vocabulary.unknownIdf;
    }
    mass += known;
    if (number === 0) coverage = mass ? known / mass : 0;
    const scale = norm ? (weights[number] ?? 1) / Math.sqrt(norm) : 0;
    for (let i = from; i < ids.length; i++) values[i] = (values[i] ?? 0) * scale;
  });
  return { ids: Int32Array.from(ids), values: Float32Array.from(values), coverage };
}

/** The feature's place, −1 when it is unknown. */
export function lookUp(vocabulary: Vocabulary, feature: number): number {
  const mask = vocabulary.slots.length - 1;
  for (let slot = feature & mask; ; slot = (slot + 1) & mask) {
    const id = vocabulary.slots[slot] ?? -1;
    if (id === -1 || vocabulary.hashes[slot] === feature) return id;
  }
}
