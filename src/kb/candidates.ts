/** Finds words that share most letter pairs with a given one. */
export type CandidateFinder = (word: string) => string[];

/**
 * An index of words by their letter pairs: a few dozen words that may be meant, out of tens of thousands, in well under a millisecond.
 * Only words that `admits` lets through, whose length differs by at most two (one below six letters) and that share a third of the pairs;
 * at most 40, the most alike first.
 */
export function candidateFinder(given: string[], admits: (word: string, candidate: string) => boolean = () => true): CandidateFinder {
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
    for (const pair of pairs(word)) {
      const list = index.get(pair) ?? NONE;
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
      if (same * 3 >= word.length && admits(word, other)) ranked.push([at, same / (other.length + word.length + 2)]);
    }
    ranked.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    return ranked.slice(0, MOST).map(([at]) => words[at] as string);
  };
}

const MOST = 40;
const NONE = new Int32Array(0);

function listsOf(words: string[]): Map<number, number[]> {
  const lists = new Map<number, number[]>();
  words.forEach((word, at) => {
    for (const pair of pairs(word)) {
      const list = lists.get(pair);
      if (list) list.push(at);
      else lists.set(pair, [at]);
    }
  });
  return lists;
}

function pairs(word: string): Set<number> {
  const found = new Set<number>();
  let before = 0;
  for (let at = 0; at <= word.length; at++) {
    const code = at < word.length ? word.charCodeAt(at) : 1;
    found.add(before * 65536 + code);
    before = code;
  }
  return found;
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
