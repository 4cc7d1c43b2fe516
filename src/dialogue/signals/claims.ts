import { findPattern, type Pattern } from './pattern.ts';
import type { Word } from './read-words.ts';

/** A word of a message with the pattern words that it satisfies. */
export interface Known extends Word {
  atoms: Set<number>;
}

/** The words that stand in none of these phrases; repeated until none is found any more. */
export function without(words: Known[], patterns: Pattern[]): Known[] {
  let left = words;
  for (const pattern of patterns) {
    for (let found = find(pattern, left); found && found.end > found.start; found = find(pattern, left)) {
      left = [...left.slice(0, found.start), ...left.slice(found.end)];
    }
  }
  return left;
}

/** True where one of the phrases stands in the words. */
export function hasAny(words: Known[], patterns: Pattern[]): boolean {
  return patterns.some((pattern) => find(pattern, words) !== undefined);
}

/** Where a phrase stands in the words. */
export function find(pattern: Pattern, words: Known[]): { start: number; end: number } | undefined {
  return findPattern(pattern, words.map(({ atoms }) => atoms));
}
