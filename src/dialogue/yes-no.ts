import type { SignalRules } from './signal-rules.ts';
import { find, type Known, without } from './signals/claims.ts';
import { readWords } from './signals/read-words.ts';

/**
 * Understands the answer to "did that help?" in any of the languages (`evet oldu`, `yox kömək etmədi`, `nope`).
 * Undefined where it says neither, both, or something else besides: then the message is a question of its own.
 */
export function readYesNo(text: string, rules: SignalRules): 'yes' | 'no' | undefined {
  const words: Known[] = readWords(text).map((word) => ({ ...word, atoms: rules.atoms.of(word.text, word.raw) }));
  if (words.length === 0) return byEmoji(text);
  if (words.length > mostWords) return undefined;
  const no = rules.no.some((pattern) => find(pattern, words));
  if (no) return 'no';
  const left = without(without(words, rules.yes), [...rules.smalltalk.map(({ phrase }) => phrase), ...rules.fillers]);
  return left.length === 0 && rules.yes.some((pattern) => find(pattern, words)) ? 'yes' : undefined;
}

/** Longer answers carry a question or a story; the search reads those. */
const mostWords = 9;

function byEmoji(text: string): 'yes' | 'no' | undefined {
  if (/👎|❌|😞|😡/u.test(text)) return 'no';
  return /👍|👌|✅|🙏|❤|😊/u.test(text) ? 'yes' : undefined;
}
