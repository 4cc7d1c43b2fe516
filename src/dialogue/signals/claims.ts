import { findPhrase, type Phrases } from './pattern.ts';
import type { Word } from './read-words.ts';

/** A word of a message with the pattern words that it satisfies. */
export interface Known extends Word {
  atoms: Set<number>;
}

/** The words that stand in none of these phrases. One walk from left to right, the longest phrase at each place. */
export function without(words: Known[], phrases: Phrases): Known[] {
  const left: Known[] = [];
  let from = 0;
  for (let found = findPhrase(phrases, words); found; found = findPhrase(phrases, words, from)) {
    left.push(...words.slice(from, found.start));
    from = found.end;
  }
  return from === 0 ? words : [...left, ...words.slice(from)];
}

/** True where one of the phrases stands in the words. */
export function hasAny(words: Known[], phrases: Phrases): boolean {
  return findPhrase(phrases, words) !== undefined;
}
