import type { SignalRules } from './signal-rules.ts';
import { hasAny, without } from './signals/claims.ts';

/**
 * Understands the answer to "did that help?" in any of the languages (`evet oldu`, `yox kömək etmədi`, `nope`).
 * Undefined where it says neither, both, or something else besides: then the message is a question of its own.
 */
export function readYesNo(text: string, rules: SignalRules): 'yes' | 'no' | undefined {
  const words = rules.read(text);
  if (words.length === 0) return byEmoji(text);
  if (words.length > mostWords) return undefined;
  if (hasAny(words, rules.no)) return 'no';
  let left = without(words, rules.yes);
  if (left.length === words.length) return undefined;
  for (const { phrases } of rules.smalltalk) left = without(left, phrases);
  return without(left, rules.fillers).length === 0 ? 'yes' : undefined;
}

/** Longer answers carry a question or a story; the search reads those. */
const mostWords = 9;

function byEmoji(text: string): 'yes' | 'no' | undefined {
  if (/👎|❌|😞|😡/u.test(text)) return 'no';
  return /👍|👌|✅|🙏|❤|😊/u.test(text) ? 'yes' : undefined;
}
