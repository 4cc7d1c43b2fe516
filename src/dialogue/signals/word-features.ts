import type { Word } from './read-words.ts';

/** What the classifier sees of a message, a list of names per block, each once. */
export function featuresOf(words: Word[]): string[][] {
  return blocks.map(([, features]) => [...new Set(features(words))]);
}

/** Weight of each block. */
export function weightOf(block: number): number {
  return blocks[block]?.[0] ?? 0;
}

/** Blocks and their weights: words, pairs, pieces of words, and the first letters as written (`ölü` is not `olu`). */
const blocks: [weight: number, features: (words: Word[]) => string[]][] = [
  [1, (words) => words.map(({ text }) => `w${text}`)],
  [
    0.7,
    (words) =>
      ['<', ...words.map(({ text }) => text.slice(0, 6)), '>'].flatMap((word, i, all) => (i > 0 ? [`p${all[i - 1]} ${word}`] : [])),
  ],
  [1.2, (words) => words.flatMap(({ text }) => pieces(`_${text}_`))],
  [0.7, (words) => skipPairs(words)],
  [1, (words) => words.flatMap(({ concepts }) => concepts.map((concept) => `k${concept}`))],
  [1, (words) => conceptPairs(words)],
  [0.4, (words) => words.flatMap(({ raw }) => (/[^ -~]/.test(raw) ? [`r${raw.slice(0, 4)}`, `r${raw.slice(0, 6)}`] : []))],
];

/** Pairs with one to three words between, cut to five letters. */
function skipPairs(words: Word[]): string[] {
  const short = words.map(({ text }) => text.slice(0, 5));
  return short.flatMap((word, i) => short.slice(i + 2, i + 5).map((other) => `s${word} ${other}`));
}

/** What is spoken of together, in order, up to six words apart: `not live`, `talk person`. Shared by all languages. */
function conceptPairs(words: Word[]): string[] {
  return words.flatMap(({ concepts }, i) =>
    words
      .slice(i + 1, i + 7)
      .flatMap((other) => concepts.flatMap((one) => other.concepts.filter((two) => two !== one).map((two) => `q${one} ${two}`))),
  );
}

// Words come again, and their pieces are most of what a message is made of.
const piecesOfWord = new Map<string, string[]>();
const mostRemembered = 20_000;
const longestRemembered = 24;

function pieces(word: string): string[] {
  const known = piecesOfWord.get(word);
  if (known) return known;
  const found: string[] = [];
  for (let length = 3; length <= 4; length++) for (let i = 0; i + length <= word.length; i++) found.push(`c${word.slice(i, i + length)}`);
  if (word.length > longestRemembered) return found;
  if (piecesOfWord.size >= mostRemembered) piecesOfWord.clear();
  piecesOfWord.set(word, found);
  return found;
}
