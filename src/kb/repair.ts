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
 * (yollamisham → yollamisam), a known word by edit distance (≤ 1 for 3 to 5 letters, ≤ 2 above; a swap of neighbours counts 1,
 * a neighbouring key ½), a word written without vowels (nsl → nasil). Of equally near words the more frequent one is taken.
 */
export function repairer(counts: Map<string, number>): Repairer {
  const words = [...counts.keys()].filter((word) => word.length >= 3 && word.length <= 24 && !/\d/.test(word));
  const index = gramIndex(words);
  const skeletons = skeletonIndex(words, counts);
  const kept = new Map<string, string | null>();
  return (word) => {
    const before = kept.get(word);
    if (before !== undefined) return before;
    const read = find(word);
    if (kept.size > 20_000) kept.clear();
    kept.set(word, read);
    return read;
  };

  function find(word: string): string | null {
    if (counts.has(word) || word.length < 2 || word.length > 24 || /\d/.test(word)) return null;
    for (const other of spellings(word)) if (counts.has(other)) return other;
    if (word.length < 3) return null;
    const limit = word.length <= 5 ? 1 : 2;
    let best: string | null = null;
    let bestCost = Infinity;
    for (const candidate of candidates(word, words, index)) {
      if (Math.abs(candidate.length - word.length) > limit) continue;
      const distance = editDistance(word, candidate, limit);
      if (distance > limit) continue;
      const cost = distance - 0.12 * Math.log(counts.get(candidate) ?? 1) + (candidate[0] === word[0] ? 0 : 0.3);
      if (cost < bestCost) [best, bestCost] = [candidate, cost];
    }
    return best ?? skeletons.get(word) ?? null;
  }
}

const CANDIDATES = 40;

function grams(word: string): string[] {
  const marked = `^${word}$`;
  const found = new Set<string>();
  for (let at = 0; at + 2 <= marked.length; at++) found.add(marked.slice(at, at + 2));
  return [...found];
}

function gramIndex(words: string[]): Map<string, number[]> {
  const index = new Map<string, number[]>();
  words.forEach((word, at) => {
    for (const gram of grams(word)) {
      const list = index.get(gram);
      if (list) list.push(at);
      else index.set(gram, [at]);
    }
  });
  return index;
}

// The few dozen words that share most letter pairs, for their length.
function candidates(word: string, words: string[], index: Map<string, number[]>): string[] {
  const shared = new Map<number, number>();
  for (const gram of grams(word)) for (const at of index.get(gram) ?? []) shared.set(at, (shared.get(at) ?? 0) + 1);
  const ranked: [number, number][] = [];
  for (const [at, count] of shared) {
    const length = words[at]?.length ?? 0;
    if (Math.abs(length - word.length) <= 2 && count * 3 >= word.length) ranked.push([at, count / (length + word.length + 2)]);
  }
  ranked.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  return ranked.slice(0, CANDIDATES).map(([at]) => words[at] ?? '');
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

const ROWS = ['1234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'];

function near(a: string, b: string): boolean {
  for (let row = 0; row < ROWS.length; row++) {
    const at = ROWS[row]?.indexOf(a) ?? -1;
    if (at < 0) continue;
    for (const other of [row - 1, row, row + 1]) {
      const place = ROWS[other]?.indexOf(b) ?? -1;
      if (place >= 0 && Math.abs(place - at) <= 1) return true;
    }
  }
  return false;
}

/** Edits that turn one word into another (insert, delete, replace, swap of neighbours: 1; a neighbouring key: ½); stops above the limit. */
export function editDistance(a: string, b: string, limit: number): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const [x, y] = [a[i - 1] ?? '', b[j - 1] ?? ''];
      const replace = x === y ? 0 : near(x, y) ? 0.5 : 1;
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + replace);
      if (i > 1 && j > 1 && x === b[j - 2] && y === a[i - 2]) cost = Math.min(cost, (before[j - 2] ?? 0) + (x === y ? 0 : 1));
      row[j] = cost;
      if (cost < least) least = cost;
    }
    if (least > limit) return least;
    before = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
