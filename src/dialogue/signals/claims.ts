import { findPhrase, type Phrases } from './pattern.ts';
import type { Word } from './read-words.ts';

/** A word of a message with the pattern words that it satisfies. */
export interface Known extends Word {
  atoms: Set<number>;
}

/** The words that stand in none of these phrases; repeated until none is found any more. */
export function without(words: Known[], phrases: Phrases): Known[] {
  let left = words;
  for (let found = findPhrase(phrases, left); found; found = findPhrase(phrases, left)) {
    left = [...left.slice(0, found.start), ...left.slice(found.end)];
  }
  return left;
}

/** True where one of the phrases stands in the words. */
export function hasAny(words: Known[], phrases: Phrases): boolean {
  return findPhrase(phrases, words) !== undefined;
}
