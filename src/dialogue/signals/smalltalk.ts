import type { SignalRules, SmalltalkKind } from '../signal-rules.ts';
import { type Known, without } from './claims.ts';

/** Small talk in a message and the words that remain without it. */
export interface Chat {
  kind?: SmalltalkKind;
  rest: Known[];
}

/** Which kind a message is of when it holds several: `salam, necəsiz, robotsan?` asks about the bot. */
const telling: SmalltalkKind[] = ['opener', 'are-you-a-bot', 'how-are-you', 'goodbye', 'thanks', 'compliment', 'greeting', 'ok'];

/** Takes greetings, thanks and the like out of the words, and the small words around them where nothing else remains. */
export function takeSmalltalk(words: Known[], text: string, rules: SignalRules): Chat {
  let rest = words;
  const kinds = new Set<SmalltalkKind>();
  for (const { kind, phrases } of rules.smalltalk) {
    const left = without(rest, phrases);
    if (left.length === rest.length) continue;
    // "I need help" opens a conversation; "I need help with my withdrawal" asks.
    if (kind === 'opener' && bareOf(left, rules).length > 0) continue;
    kinds.add(kind);
    rest = left;
  }
  const bare = bareOf(rest, rules);
  if (bare.length === 0) rest = bare;
  if (kinds.size === 0 && rest.length === 0) for (const sign of text) addEmoji(sign, kinds, rules);
  return { kind: telling.find((kind) => kinds.has(kind)) ?? (words.length > 0 && rest.length === 0 ? 'ok' : undefined), rest };
}

/** Without small words and jokes about dying; "block me", which is no cry for help either, is no joke. */
function bareOf(words: Known[], rules: SignalRules): Known[] {
  const serious = without(words, rules.distress.unless);
  const joked = words.some((word) => word.concepts.includes('die') && !serious.includes(word));
  return without(joked ? serious : words, rules.fillers);
}

function addEmoji(sign: string, kinds: Set<SmalltalkKind>, rules: SignalRules): void {
  const kind = rules.emoji.get(sign);
  if (kind) kinds.add(kind);
}
