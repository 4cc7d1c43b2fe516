import type { Features } from './features.ts';

/** The features that training saw, by their hashes. Plain arrays, so that it can be kept in a file. */
export interface Vocabulary {
  /** Open addressing: hash at a slot, and the slot's feature (−1: free). A power of two long. */
  hashes: Int32Array;
  slots: Int32Array;
  size: number;
}

/** A message's features as places in a vocabulary, per block, each once, with how often it occurs. */
export interface Counted {
  ids: Int32Array;
  counts: Uint8Array;
  /** Where each block's features end in `ids`. */
  ends: Int32Array;
  /** Per block: Σ (1 + log count)² over the features that are unknown, each of them as rare as can be. */
  unknown: Float32Array;
}

/** Learns the vocabulary from all questions' features; those that occur in fewer than `least` questions are left out. */
export function learnVocabulary(all: Features[], least: number): Vocabulary {
  const df = table(1 << 16);
  for (const features of all) for (const block of features) for (const feature of block) count(df, feature);
  const kept = table(df.used * 2);
  for (let slot = 0; slot < df.counts.length; slot++) {
    if ((df.counts[slot] as number) >= least) kept.counts[place(kept, df.hashes[slot] as number)] = kept.used;
  }
  const slots = new Int32Array(kept.hashes.length).fill(-1);
  let size = 0;
  for (let slot = 0; slot < slots.length; slot++) if (kept.filled[slot]) slots[slot] = size++;
  return { hashes: kept.hashes, slots, size };
}

/** Looks a message's features up. */
export function countIn(vocabulary: Vocabulary, features: Features): Counted {
  const ids: number[] = [];
  const counts: number[] = [];
  const ends = new Int32Array(features.length);
  const unknown = new Float32Array(features.length);
  features.forEach((block, number) => {
    const sorted = new Int32Array(block).sort();
    for (let i = 0; i < sorted.length; ) {
      const feature = sorted[i] as number;
      let times = 0;
      for (; i < sorted.length && sorted[i] === feature; i++) times++;
      const id = lookUp(vocabulary, feature);
      if (id < 0) unknown[number] = (unknown[number] as number) + (1 + Math.log(times)) ** 2;
      else {
        ids.push(id);
        counts.push(Math.min(times, 255));
      }
    }
    ends[number] = ids.length;
  });
  return { ids: Int32Array.from(ids), counts: Uint8Array.from(counts), ends, unknown };
}

/** The feature's place, −1 when it is unknown. */
export function lookUp(vocabulary: Vocabulary, feature: number): number {
  const mask = vocabulary.slots.length - 1;
  for (let slot = feature & mask; ; slot = (slot + 1) & mask) {
    const id = vocabulary.slots[slot] as number;
    if (id === -1 || vocabulary.hashes[slot] === feature) return id;
  }
}

interface Table {
  hashes: Int32Array;
  counts: Int32Array;
  filled: Uint8Array;
  used: number;
}

function table(least: number): Table {
  const size = 1 << Math.ceil(Math.log2(Math.max(2, least * 2)));
  return { hashes: new Int32Array(size), counts: new Int32Array(size), filled: new Uint8Array(size), used: 0 };
}

function place(table: Table, hash: number): number {
  const mask = table.hashes.length - 1;
  let slot = hash & mask;
  while (table.filled[slot] && table.hashes[slot] !== hash) slot = (slot + 1) & mask;
  if (!table.filled[slot]) {
    table.filled[slot] = 1;
    table.hashes[slot] = hash;
    table.used++;
  }
  return slot;
}

function count(df: Table, hash: number): void {
  const slot = place(df, hash);
  df.counts[slot] = (df.counts[slot] as number) + 1;
  if (df.used * 2 < df.hashes.length) return;
  const old = { ...df };
  Object.assign(df, table(df.hashes.length));
  for (let i = 0; i < old.hashes.length; i++) if (old.filled[i]) df.counts[place(df, old.hashes[i] as number)] = old.counts[i] as number;
}
