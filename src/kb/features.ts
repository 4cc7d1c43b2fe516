import type { ConceptFinder } from './lexicon.ts';

/** The blocks of features that a message becomes, each normalized on its own, with its weight in the whole. */
export const BLOCKS = [
  { name: 'word', weight: 1 },
  { name: 'pair', weight: 0.5 },
  { name: 'stem', weight: 0.7 },
  { name: 'stem pair', weight: 0.4 },
  { name: 'stem skip', weight: 0.7 },
  { name: 'letters', weight: 2 },
  { name: 'concept', weight: 1.2 },
  { name: 'concept pair', weight: 1 },
] as const;

/** Features as 32-bit hashes, one list per block, repeated as often as they occur. */
export type Features = number[][];

/**
 * What the search sees of a message: words and pairs of them, word beginnings and their pairs and skips, runs of 2 to 5 letters,
 * concepts of the lexicon and pairs of those. Hashes, not strings, because making strings took most of the training time.
 */
export function featuresOf(words: string[], concepts: ConceptFinder): Features {
  const blocks: Features = BLOCKS.map(() => []);
  const shapes = words.map(shape);
  const hashes = shapes.map((word) => hash(word, 1));
  const stems = shapes.map((word) => hash(word.slice(0, STEM), 3));
  blocks[0] = hashes;
  for (let i = 0; i <= words.length; i++) {
    blocks[1]?.push(both(hashes[i - 1] ?? START, hashes[i] ?? END, 2));
    if (i > 0 && i < words.length) blocks[3]?.push(both(stems[i - 1] ?? 0, stems[i] ?? 0, 4));
    for (let gap = 2; gap <= WINDOW && i + gap < words.length; gap++) blocks[4]?.push(both(stems[i] ?? 0, stems[i + gap] ?? 0, 5));
  }
  blocks[2] = stems;
  for (const word of shapes) for (const gram of letters(word)) blocks[5]?.push(gram);
  const found = concepts(words);
  for (let i = 0; i < found.length; i++) {
    const one = found[i] ?? 0;
    blocks[6]?.push(hash(String(one), 7));
    for (let j = i + 1; j < found.length && j <= i + 5; j++) {
      const other = found[j] ?? 0;
      if (one !== other) blocks[7]?.push(both(hash(String(Math.min(one, other)), 8), hash(String(Math.max(one, other)), 8), 8));
    }
  }
  return blocks;
}

const STEM = 5;
const WINDOW = 4;
const START = 0x51a7;
const END = 0xe4d;
const GRAM_CACHE = 50_000;
const gramsOfWord = new Map<string, number[]>();

// A number counts by its length only: 30x and 40x are one thing, an amount and a ticket's number are not.
function shape(word: string): string {
  return /^\d+$/.test(word) ? '0'.repeat(Math.min(word.length, 6)) : word;
}

function letters(whole: string): number[] {
  const word = whole.slice(0, 24);
  const cached = gramsOfWord.get(word);
  if (cached) return cached;
  const marked = `^${word}$`;
  const grams: number[] = [];
  for (let size = 2; size <= 5; size++) for (let at = 0; at + size <= marked.length; at++) grams.push(hash(marked.slice(at, at + size), 6));
  if (gramsOfWord.size > GRAM_CACHE) gramsOfWord.clear();
  gramsOfWord.set(word, grams);
  return grams;
}

function hash(text: string, seed: number): number {
  let h = Math.imul(seed, 0x9e3779b1) ^ 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return mix(h);
}

function both(a: number, b: number, seed: number): number {
  return mix(Math.imul(a, 31) + Math.imul(b, 0x85ebca6b) + seed);
}

function mix(h: number): number {
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return h ^ (h >>> 15);
}
