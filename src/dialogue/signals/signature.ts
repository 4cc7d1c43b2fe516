import type { SignalRules } from '../signal-rules.ts';
import type { Known } from './claims.ts';
import { findPhrase } from './pattern.ts';

/**
 * The words without the name under a message ("…, kind regards, Laura"): to the search and to small talk a name is speech that nothing covers. A name is up to
 * four words in capitals behind a thanks or a farewell, at the end, where something stands before it; all words where there is none.
 */
export function withoutSignature(words: Known[], text: string, { smalltalk }: SignalRules): Known[] {
  if (/\?\s*$/.test(text) || text === text.toUpperCase()) return words;
  const closings = smalltalk
    .filter(({ kind }) => kind !== 'ok' && kind !== 'opener' && kind !== 'are-you-a-bot')
    .map(({ phrases }) => phrases);
  for (let name = words.length - 1; name >= 2 && name >= words.length - MOST_NAMES; name--) {
    if (!/^\p{Lu}/u.test(text.slice(words[name]?.start))) return words;
    for (let from = name - 1; from >= Math.max(1, name - MOST_CLOSING); from--) {
      const closing = words.slice(from, name);
      if (closings.some((phrases) => isWhole(findPhrase(phrases, closing), closing.length))) return words.slice(0, name);
    }
  }
  return words;
}

const MOST_NAMES = 4;
/** Words of the longest closing, "and thank you very much in advance". */
const MOST_CLOSING = 6;

function isWhole(found: { start: number; end: number } | undefined, length: number): boolean {
  return found?.start === 0 && found.end === length;
}
