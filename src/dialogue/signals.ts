import { isSensitive } from '../privacy/sensitive.ts';
import type { SignalRules, SmalltalkKind } from './signal-rules.ts';
import { hasAny, type Known, without } from './signals/claims.ts';
import { withoutSignature } from './signals/signature.ts';
import { takeSmalltalk } from './signals/smalltalk.ts';

/** What a message is besides a question (topics.yaml), told apart from the question. */
export interface Signals {
  /** Speaks of harming themselves, of not living any more, or of somebody else in that danger. */
  distress: boolean;
  /** True where that rests on likeness to the examples alone, not on a phrase of the rules. */
  distressGuessed: boolean;
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
export function detectSignals({ text, findings }: SignalInput, given: SignalRules): Signals {
  const rules = { ...given, classify: remembering(given.classify) };
  const all: Known[] = rules.read(text);
  const words = withoutCalls(all, text, rules);
  const distress = strengthOf('distress', words, rules);
  const human = strengthOf('human', words, rules);
  const unsigned = withoutSignature(words, text, rules);
  const chat = takeSmalltalk(unsigned, text, rules);
  const guess = chat.rest.length > 0 ? rules.classify(chat.rest) : new Map<string, number>();
  const abuse = chat.rest.length > 0 ? abuseOf(chat.rest, guess.get('abuse') ?? 0, rules) : 0;
  // A farewell under a question is no small talk, however much of the message it is.
  const signedOff = unsigned !== words || chat.kind === 'goodbye';
  const talking = signedOff ? guess : rules.classify(words);
  const talk = chat.rest.length === 0 ? (chat.kind ? 1 : 0) : (talking.get('smalltalk') ?? 0);
  const said = hasAny(without(words, rules.distress.unless), rules.distress.phrases);
  const isDistress = distress >= (said ? sure.distress : sure.distressGuessed);
  const isHuman = human >= sure.human;
  const isTalk = !isDistress && !isHuman && talk >= sure.smalltalk;
  return {
    distress: isDistress,
    distressGuessed: isDistress && !said,
    sensitive: findings.some(({ kind }) => isSensitive(kind)),
    secret: findings.some(({ kind }) => !isSensitive(kind)),
    human: isHuman,
    abuse: !isDistress && !isHuman && !isTalk && abuse >= sure.abuse,
    smalltalk: isTalk ? (chat.kind ?? 'ok') : undefined,
    strength: { distress, human, abuse, smalltalk: talk },
    rest: isTalk ? '' : restOf(text, all, chat.rest),
  };
}

/** "Anyone there? My deposit is late, reply asap" asks about the deposit, not for a person nor about replies; alone, or before a wish for a person, it stays. */
function withoutCalls(words: Known[], text: string, rules: SignalRules): Known[] {
  const left = without(words, rules.calls);
  if (left.length === words.length || left.some(({ concepts }) => concepts.some((concept) => rules.human.needs.has(concept)))) return words;
  return takeSmalltalk(left, text, rules).rest.length > 1 ? left : words;
}

// A message, its only sentence and what is left beside a greeting are mostly the same words.
function remembering(classify: SignalRules['classify']): SignalRules['classify'] {
  const known = new Map<string, ReturnType<SignalRules['classify']>>();
  return (words) => {
    const key = words.map(({ start, text }) => `${start} ${text}`).join();
    const guess = known.get(key) ?? classify(words);
    known.set(key, guess);
    return guess;
  };
}

/** From where on a signal counts, chosen by cross-validation on the examples: a missed cry for help costs far more than a needless handover. */
const sure = { distress: 0.5, distressGuessed: 0.6, human: 0.6, abuse: 0.6, smalltalk: 0.7 };
/** What a phrase of the rules adds to the classifier's log-odds: it decides, unless the examples speak strongly against it. */
const weightOfPhrase = { distress: 6, human: 4 };
/** What a guess is worth that rests on no word of the matter. */
const withoutEvidence = 0.25;
const byPhrase = 0.95;

/**
 * The classifier on the whole and on each sentence (idioms and negations left out), raised where a phrase of the rules stands in it.
 * A long story has more sentences that can mislead, so each counts a little less.
 */
function strengthOf(signal: 'distress' | 'human', words: Known[], rules: SignalRules): number {
  const meant = without(words, rules[signal].unless);
  const parts = sentences(meant);
  if (parts.length > 1) parts.push(meant);
  const odds = Math.max(0, ...parts.map((part) => (part.length > 0 ? oddsOf(signal, part, rules) : 0))) / Math.sqrt(parts.length);
  return odds / (1 + odds);
}

function oddsOf(signal: 'distress' | 'human', words: Known[], rules: SignalRules): number {
  const { needs, phrases } = rules[signal];
  const guess = Math.min(0.999, rules.classify(words).get(signal) ?? 0);
  const odds = guess / (1 - guess);
  if (hasAny(words, phrases)) return odds * Math.exp(weightOfPhrase[signal]);
  return words.some(({ concepts }) => concepts.some((concept) => needs.has(concept))) ? odds : odds * withoutEvidence;
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
  // Without a word of abuse it may as well be a wish that we do not know.
  if (clean.length === meant.length) return doubted(guess);
  const left = without(clean, rules.abuse.fillers).length;
  if (left === 0) return byPhrase;
  if (left > 1) return guess / 2;
  return Math.max(guess, meant.length - clean.length > left ? 0.7 : 0);
}

function doubted(guess: number): number {
  const odds = (Math.min(0.999, guess) / (1 - Math.min(0.999, guess))) * withoutEvidence;
  return odds / (1 + odds);
}

/** The original text from the first to the last word that remains. */
function restOf(text: string, words: Known[], rest: Known[]): string {
  const [first, last] = [rest[0], rest.at(-1)];
  if (!first || !last) return '';
  if (rest.length === words.length) return text;
  const end = last === words.at(-1) ? text.length : last.end;
  return text.slice(first === words[0] ? 0 : first.start, end).trim() + (/^\s*\?/.test(text.slice(end)) ? '?' : '');
}
