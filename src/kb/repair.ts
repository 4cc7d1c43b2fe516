import { candidateFinder } from './candidates.ts';
import { besideOnKeyboard, editDistance } from './edit-distance.ts';
import { spellings } from './spellings.ts';

/** A word that the knowledge doesn't know, read as one that it knows. */
export interface Repair {
  typed: string;
  read: string;
}

/** Reads a folded word as a known one, or null where none is near enough. Answers for a word are kept, up to a bound. */
export type Repairer = (word: string) => string | null;

/**
 * Repairs spelling against the knowledge's own words (word → how often it occurs). In order: another spelling of the same sounds
 * (yollamisham → yollamisam), a known word by edit distance (≤ 1 for 3 to 5 letters, ≤ 2 above; the first letter is seldom mistaken),
 * a word written without vowels (nsl → nasil). Of equally near words the more frequent one is taken.
 */
export function repairer(counts: Map<string, number>): Repairer {
  const words = [...counts.keys()].filter((word) => word.length >= 3 && word.length <= LONGEST && !/\d/.test(word)).sort();
  const candidates = candidateFinder(words);
  const skeletons = skeletonIndex(words, counts);
  const kept = new Map<string, string | null>();
  return (word) => {
    const before = kept.get(word);
    if (before !== undefined) return before;
    const read = find(word);
    if (kept.size > KEPT) kept.clear();
    if (word.length <= LONGEST) kept.set(word, read);
    return read;
  };

  function find(word: string): string | null {
    if (counts.has(word) || word.length < 2 || word.length > LONGEST || /\d/.test(word)) return null;
    for (const other of spellings(word)) if (counts.has(other)) return other;
    if (word.length < 3) return null;
    const limit = word.length <= 5 ? 1 : 2;
    let best: string | null = null;
    let bestCost = Infinity;
    for (const candidate of candidates(word)) {
      if (Math.abs(candidate.length - word.length) > limit || !startsAlike(word, candidate)) continue;
      const distance = editDistance(word, candidate, limit);
      if (distance > limit) continue;
      const cost = distance - 0.12 * Math.log(counts.get(candidate) ?? 1) + (candidate[0] === word[0] ? 0 : 0.3);
      if (cost < bestCost) [best, bestCost] = [candidate, cost];
    }
    return best ?? skeletons.get(word) ?? null;
  }
}

const LONGEST = 24;
const KEPT = 20_000;

function startsAlike(a: string, b: string): boolean {
  return a[0] === b[0] || (a[0] === b[1] && a[1] === b[0]) || besideOnKeyboard(a[0] as string, b[0] as string);
}

// Words without their vowels, the most frequent one for each; a vowel at the front is usually written.
function skeletonIndex(words: string[], counts: Map<string, number>): Map<string, string> {
  const index = new Map<string, string>();
  for (const word of words) {
    const skeleton = word[0] + word.slice(1).replace(/[aeiou]/g, '');
    if (skeleton.length < 3 || skeleton === word) continue;
    const other = index.get(skeleton);
    if (!other || (counts.get(word) ?? 0) > (counts.get(other) ?? 0)) index.set(skeleton, word);
  }
  return index;
}
