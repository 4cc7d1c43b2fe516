import { lettersBeside } from './edit-distance.ts';

/** Finds words that share most letter pairs with a given one. */
export type CandidateFinder = (word: string) => string[];

/**
 * An index of words by their letter pairs: a few dozen words that may be meant, out of tens of thousands, in well under a millisecond.
 * Only words that begin with the word's own first or second letter or one beside the first on the keyboard (the first letter is seldom mistaken),
 * whose length differs by at most two (one below six letters) and that share a third of the pairs; at most 40, the most alike first.
 */
export function candidateFinder(given: string[]): CandidateFinder {
  // Ordered by length, so that those of about the same length stand together in every list.
  const words = [...given].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  const index = new Map([...listsOf(words)].map(([pair, list]) => [pair, Int32Array.from(list)]));
  const shared = new Uint8Array(words.length);
  const touched = new Int32Array(words.length);
  const firstOfLength = (length: number) => lowerBound(words.length, (at) => (words[at] as string).length >= length);
  const bounds = Array.from({ length: (words.at(-1)?.length ?? 0) + 5 }, (_, length) => firstOfLength(length));
  return (word) => {
    const slack = word.length < 6 ? 1 : 2;
    const from = bounds[Math.max(0, word.length - slack)] ?? words.length;
    const to = bounds[word.length + slack + 1] ?? words.length;
    let count = 0;
    const beginnings = new Set([...word.slice(0, 2), ...lettersBeside(word[0] ?? '')]);
    const lists = pairs(word).flatMap((pair) => [...beginnings].map((letter) => index.get(pair + letter) ?? NONE));
    for (const list of lists) {
      for (let i = lowerBound(list.length, (at) => (list[at] as number) >= from); i < list.length; i++) {
        const at = list[i] as number;
        if (at >= to) break;
        if (shared[at] === 0) touched[count++] = at;
        shared[at] = (shared[at] as number) + 1;
      }
    }
    const ranked: [at: number, likeness: number][] = [];
    for (let i = 0; i < count; i++) {
      const at = touched[i] as number;
      const other = words[at] as string;
      const same = shared[at] as number;
      shared[at] = 0;
      if (same * 3 >= word.length) ranked.push([at, same / (other.length + word.length + 2)]);
    }
    ranked.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    return ranked.slice(0, MOST).map(([at]) => words[at] as string);
  };
}

const MOST = 40;
const NONE = new Int32Array(0);

/** The words' places by a pair of letters and the letter that the word begins with. */
function listsOf(words: string[]): Map<string, number[]> {
  const lists = new Map<string, number[]>();
  words.forEach((word, at) => {
    for (const pair of pairs(word)) {
      const list = lists.get(pair + word[0]);
      if (list) list.push(at);
      else lists.set(pair + word[0], [at]);
    }
  });
  return lists;
}

function pairs(word: string): string[] {
  const marked = `^${word}$`;
  return [...new Set(Array.from({ length: word.length + 1 }, (_, at) => marked.slice(at, at + 2)))];
}

/** The first of `length` places from which on `holds` is true, `length` where it never is. */
function lowerBound(length: number, holds: (at: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
