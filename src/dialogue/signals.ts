import { isSensitive, type SensitiveKind } from '../privacy/sensitive.ts';
import type { SignalRules, SmalltalkKind } from './signal-rules.ts';
import { hasAny, type Known, without } from './signals/claims.ts';
import { readWords } from './signals/read-words.ts';
import { takeSmalltalk } from './signals/smalltalk.ts';

/** What a message is besides a question (topics.yaml), told apart from the question. */
export interface Signals {
  /** Speaks of harming themselves, of not living any more, or of somebody else in that danger. */
  distress: boolean;
  /** Identity or payment data were given, by the findings of `mask`. */
  sensitive: boolean;
  /** A password, security code or one-time code was given: masked, the person is warned, no more. */
  secret: boolean;
  /** Asks for a person. */
  human: boolean;
  /** Nothing but insults. */
  abuse: boolean;
  /** Nothing but small talk: of which kind, so that the reply fits. */
  smalltalk?: SmalltalkKind;
  /** 0 to 1, how sure; a phrase of the rules counts .95. */
  strength: { distress: number; human: number; abuse: number; smalltalk: number };
  /** The text without greeting and thanks; empty where nothing else remains. */
  rest: string;
}

export interface SignalInput {
  /** Masked. */
  text: string;
  /** What `mask` found. */
  findings: { kind: string }[];
  language?: string;
}

/** Tells which signals a message carries. Pure; the same for all languages, because people mix them. */
export function detectSignals({ text, findings }: SignalInput, rules: SignalRules): Signals {
  const words: Known[] = readWords(text).map((word) => ({ ...word, atoms: rules.atoms.of(word.text, word.raw) }));
  const distress = strengthOf('distress', words, rules);
  const human = strengthOf('human', words, rules);
  const chat = takeSmalltalk(words, text, rules);
  const guess = chat.rest.length > 0 ? rules.classify(chat.rest) : new Map<string, number>();
  const abuse = chat.rest.length > 0 ? abuseOf(chat.rest, guess.get('abuse') ?? 0, rules) : 0;
  const talk = chat.rest.length === 0 ? (chat.kind ? 1 : 0) : (rules.classify(words).get('smalltalk') ?? 0);
  const isDistress = distress >= sure.distress;
  const isHuman = human >= sure.human;
  const isTalk = !isDistress && !isHuman && talk >= sure.smalltalk;
  return {
    distress: isDistress,
    sensitive: findings.some(({ kind }) => isSensitive(kind as SensitiveKind)),
    secret: findings.some(({ kind }) => !isSensitive(kind as SensitiveKind)),
    human: isHuman,
    abuse: !isDistress && !isHuman && !isTalk && abuse >= sure.abuse,
    smalltalk: isTalk ? (chat.kind ?? 'ok') : undefined,
    strength: { distress, human, abuse, smalltalk: talk },
    rest: isTalk ? '' : restOf(text, words, chat.rest),
  };
}

/** From where on a signal counts, chosen on the examples' own held-out folds: a missed cry for help costs far more than a needless handover. */
const sure = { distress: 0.5, human: 0.6, abuse: 0.6, smalltalk: 0.7 };
const byPhrase = 0.95;

/** The strongest of: a phrase of the rules, the classifier on the whole and on each sentence, idioms and negations left out. */
function strengthOf(signal: 'distress' | 'human', words: Known[], rules: SignalRules): number {
  const meant = without(words, rules[signal].unless);
  if (hasAny(meant, rules[signal].phrases)) return byPhrase;
  const parts = sentences(meant).filter((part) => part.length > 0);
  if (parts.length > 1) parts.push(meant);
  return Math.max(0, ...parts.map((part) => rules.classify(part).get(signal) ?? 0));
}

function sentences(words: Known[]): Known[][] {
  const parts: Known[][] = [[]];
  for (const word of words) {
    if (word.opens && parts.at(-1)?.length) parts.push([]);
    parts.at(-1)?.push(word);
  }
  return parts;
}

/** Only insults: an insult, and little else left beside it. */
function abuseOf(rest: Known[], guess: number, rules: SignalRules): number {
  const meant = without(rest, rules.abuse.unless);
  const clean = without(meant, rules.abuse.words);
  if (clean.length === meant.length) return guess;
  const left = without(clean, rules.abuse.fillers).length;
  if (left === 0) return byPhrase;
  return Math.max(guess, left <= 1 && meant.length - clean.length > left ? 0.7 : 0);
}

/** The original text from the first to the last word that remains. */
function restOf(text: string, words: Known[], rest: Known[]): string {
  const [first, last] = [rest[0], rest.at(-1)];
  if (!first || !last) return '';
  if (rest.length === words.length) return text;
  const end = last === words.at(-1) ? text.length : last.end;
  return text.slice(first === words[0] ? 0 : first.start, end).trim() + (/^\s*\?/.test(text.slice(end)) ? '?' : '');
}
