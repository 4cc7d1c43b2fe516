import { editDistance } from './edit-distance.ts';

/** The word of `words` that `typed` was probably meant to be, or undefined when none is near (a third of its letters may differ). */
export function nearest(typed: string, words: Iterable<string>): string | undefined {
  const wanted = typed.toLowerCase();
  let best: string | undefined;
  let least = Math.floor(Math.max(3, wanted.length) / 3) + 0.5;
  for (const word of words) {
    const edits = editDistance(wanted, word.toLowerCase(), least);
    if (edits < least) [best, least] = [word, edits];
  }
  return best;
}
