/** Finds words that share most letter pairs with a given one. */
export type CandidateFinder = (word: string) => string[];

/**
 * An index of words by their letter pairs: a few dozen words that may be meant, out of tens of thousands, in well under a millisecond.
 * Only words whose length differs by at most two and that share a third of the pairs; at most 40, the most alike first.
 */
export function candidateFinder(words: string[]): CandidateFinder {
  const lists = new Map<number, number[]>();
  words.forEach((word, at) => {
    for (const pair of pairs(word)) {
      const list = lists.get(pair);
      if (list) list.push(at);
      else lists.set(pair, [at]);
    }
  });
  const index = new Map([...lists].map(([pair, list]) => [pair, Int32Array.from(list)]));
  const lengths = Uint8Array.from(words, (word) => word.length);
  const shared = new Uint8Array(words.length);
  return (word) => {
    const touched: number[] = [];
    for (const pair of pairs(word)) {
      for (const at of index.get(pair) ?? NONE) {
        if (Math.abs((lengths[at] as number) - word.length) > 2) continue;
        if (shared[at] === 0) touched.push(at);
        shared[at] = (shared[at] as number) + 1;
      }
    }
    const likeness = (at: number) => (shared[at] as number) / ((lengths[at] as number) + word.length + 2);
    const ranked = touched.filter((at) => (shared[at] as number) * 3 >= word.length).map((at): [number, number] => [at, likeness(at)]);
    for (const at of touched) shared[at] = 0;
    ranked.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    return ranked.slice(0, MOST).map(([at]) => words[at] as string);
  };
}

const MOST = 40;
const NONE = new Int32Array(0);

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
