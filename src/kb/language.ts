import type { Features } from './features.ts';
import { fold } from './fold.ts';
import { type Regression, score, softmax, train } from './regression.ts';
import { countIn, learnVocabulary, type Vocabulary } from './vocabulary.ts';
import { learnRarity, type Rarity, weigh } from './weighting.ts';

/** Which of the knowledge's languages a message is in. */
export interface LanguageGuess {
  /** The best guess, never empty. */
  language: string;
  /** False on what could be any language ("ok", an emoji, a number): then the guess is the conversation's or the first. */
  sure: boolean;
  /** True where the message is in a language that the knowledge does not speak. */
  foreign: boolean;
  /** True where even its letters are none of the knowledge's: that some words sound like known ones then says nothing. */
  foreignLetters: boolean;
  /** Probability of each language. */
  shares: Record<string, number>;
}

/** A trained guesser, as plain data. */
export interface LanguageModel {
  languages: string[];
  vocabulary: Vocabulary;
  rarity: Rarity;
  regression: Regression;
}

/** A text whose language is known; `foreign` stands for any language that the knowledge does not speak. */
export interface LanguageSample {
  text: string;
  language: string;
}

/** Learns letters, words and runs of letters of each language from the knowledge's own texts and from samples of other languages. */
export function learnLanguages(languages: string[], samples: LanguageSample[]): LanguageModel {
  const classes = [...languages, FOREIGN];
  const known = samples.filter((sample) => classes.includes(sample.language));
  const all = known.map((sample) => languageFeatures(sample.text, scriptOf(sample.text)));
  const vocabulary = learnVocabulary(all, 2);
  const counted = all.map((features) => countIn(vocabulary, features));
  const rarity = learnRarity(counted, vocabulary.size);
  const vectors = counted.map((one) => weigh(one, rarity, WEIGHTS));
  const classOf = known.map((sample) => classes.indexOf(sample.language));
  const sizes = classes.map((_, c) => classOf.filter((other) => other === c).length);
  const largest = Math.max(...sizes);
  const weightOf = classOf.map((c) => Math.min(4, Math.sqrt(largest / Math.max(1, sizes[c] ?? 1))));
  const regression = train(vectors, classOf, classes.length, vocabulary.size, { passes: 4, rate: 0.5, smoothing: 0.01 }, weightOf);
  return { languages, vocabulary, rarity, regression };
}

/** Guesses a message's language; `previous` is the conversation's language so far, which decides where the message itself says little. */
export function guessLanguage(model: LanguageModel, text: string, previous?: string): LanguageGuess {
  const { languages } = model;
  const script = scriptOf(text);
  const vector = weigh(countIn(model.vocabulary, languageFeatures(text, script)), model.rarity, WEIGHTS);
  const scores = new Float32Array(languages.length + 1);
  score(model.regression, vector, scores);
  const at = previous === undefined ? -1 : languages.indexOf(previous);
  if (at >= 0) scores[at] = (scores[at] ?? 0) + PRIOR;
  softmax(scores, 1);
  const foreignShare = scores[languages.length] ?? 0;
  const rest = 1 - foreignShare || 1;
  const shares = Object.fromEntries(languages.map((language, i) => [language, (scores[i] ?? 0) / rest]));
  const best = languages.reduce((a, b) => ((shares[b] ?? 0) > (shares[a] ?? 0) ? b : a), languages[0] ?? '');
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const country = at >= 0 ? undefined : countryOf(text, languages);
  const fallback = at >= 0 ? (previous ?? best) : (country ?? languages[0] ?? '');
  if (script === 'other') return { language: fallback, sure: false, foreign: true, foreignLetters: true, shares };
  const foreign =
    letters >= 4 &&
    (script === 'cyrillic' || /\p{L}[^\p{L}]+\p{L}/u.test(text)) &&
    foreignShare > 0.5 &&
    !(languages.includes('az') && AZERBAIJANI_CYRILLIC.test(text));
  const sure = !foreign && letters >= 3 && (shares[best] ?? 0) >= SURE && vector.ids.length > 0;
  const unclear = letters < 2 || vector.ids.length === 0 || (shares[best] ?? 0) < LEAST || ((at >= 0 || country !== undefined) && !sure);
  return { language: unclear ? fallback : best, sure, foreign, foreignLetters: foreign && script === 'cyrillic', shares };
}

// A masked IBAN begins with its country: of a message that says nothing else, the best there is.
function countryOf(text: string, languages: string[]): string | undefined {
  const country = /(?<!\p{L})(\p{Lu}{2})•/u.exec(text)?.[1]?.toLowerCase();
  return country !== undefined && languages.includes(country) ? country : undefined;
}

const FOREIGN = 'foreign';
// Letters that Azerbaijani Cyrillic has and Russian has not, without one that only Kazakh has.
const AZERBAIJANI_CYRILLIC = /^(?!.*[қңұі]).*[әөүғҝһҹј]/isu;
const PRIOR = 1.5;
const SURE = 0.8;
const LEAST = 0.4;
const WEIGHTS = [1.5, 2, 1, 0.6, 0.8];

// Cyrillic letters make features of their own: Russian words that Azerbaijani borrowed in Latin letters must not look foreign.
function languageFeatures(text: string, script: Script): Features {
  const seed = script === 'cyrillic' ? 10 : 0;
  const words = fold(text)
    .split(' ')
    .filter((word) => word && !/\d/.test(word))
    .slice(0, 200);
  const grams: number[] = [];
  for (const word of words) {
    const marked = `^${word.slice(0, 24)}$`;
    for (let size = 1; size <= 5; size++)
      for (let at = 0; at + size <= marked.length; at++) grams.push(code(marked, seed + 2, at, at + size));
  }
  const pairs = words.slice(1).map((word, at) => `${words[at]} ${word}`);
  return [[...words, ...pairs].map((word) => code(word, seed + 1)), grams, ...asWritten(text, script), endings(text)];
}

// How an ending is hung on a borrowed word tells Azerbaijani (SMS-lər) from Turkish (SMS'ler).
function endings(text: string): number[] {
  const found: number[] = [];
  for (const [, sign, ending] of text.slice(0, 2000).toLowerCase().matchAll(ENDING)) {
    const mark = sign === '-' ? '-' : "'";
    found.push(code(mark, 6), code(mark + ending, 6));
  }
  return found;
}

// What folding takes away: letters beyond ASCII, and what stands around them ("operatör" is Turkish, "operator" is not).
function asWritten(text: string, script: Script): [letters: number[], around: number[]] {
  const letters: number[] = [];
  const around: number[] = [];
  const start = text.slice(0, 2000).toLowerCase();
  if (!BEYOND_ASCII.test(start)) return [letters, around];
  for (const word of start.match(/\p{L}+/gu) ?? []) {
    const marked = `^${word.slice(0, 24)}$`;
    for (let place = 1; place < marked.length - 1; place++) {
      if (marked.charCodeAt(place) < 128) continue;
      letters.push(code(marked, 3, place, place + 1));
      if (script === 'cyrillic') continue;
      for (let size = 2; size <= 4; size++)
        for (let at = Math.max(0, place - size + 1); at <= place && at + size <= marked.length; at++)
          around.push(code(marked, 4, at, at + size));
    }
    if (script !== 'cyrillic' && BEYOND_ASCII.test(word)) around.push(code(word, 5));
  }
  return [letters, around];
}

const ENDING = /(?<=[\p{L}\d])([-'’])(\p{L}{1,5})(?![\p{L}-])/gu;
const BEYOND_ASCII = /[^\x00-\x7f\P{L}]/u;

// Of a part of a text, without making it.
function code(text: string, seed: number, from = 0, to = text.length): number {
  let h = Math.imul(seed, 0x9e3779b1);
  for (let i = from; i < to; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h ^ (h >>> 13);
}

type Script = 'latin' | 'cyrillic' | 'other';

/** The script that most letters of a text are written in. */
export function scriptOf(text: string): Script {
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
  const cyrillic = text.match(/\p{Script=Cyrillic}/gu)?.length ?? 0;
  const all = text.match(/\p{L}/gu)?.length ?? 0;
  if (all - latin - cyrillic > all / 2) return 'other';
  return cyrillic > latin ? 'cyrillic' : 'latin';
}
