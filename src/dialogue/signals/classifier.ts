import type { Word } from './read-words.ts';

/** A text that is known to be of a class, as words. */
export interface Example {
  words: Word[];
  label: string;
}

/** Says how likely a text is of each class, from the examples it was trained on. */
export type Classifier = (words: Word[]) => Map<string, number>;

/**
 * Trains a softmax regression over words, pairs of words and pieces of words (3 and 4 letters), each block normalised.
 * Deterministic (fixed order by a fixed seed), about half a second for 3,600 examples; classes weigh alike whatever their size, softened by a root.
 */
export function trainClassifier(examples: Example[], passes = 12): Classifier {
  const labels = [...new Set(examples.map((example) => example.label))].sort();
  const index = new Map<string, number>();
  const features = examples.map(({ words }) => featuresOf(words));
  const seen = countFeatures(features);
  const idf = (name: string) => Math.log((examples.length + 1) / ((seen.get(name) ?? 0) + 1)) / 5;
  const rows = features.map((blocks) =>
    vector(blocks, (name) => ((seen.get(name) ?? 0) > 1 || name.startsWith('w') ? register(index, name) : undefined), idf),
  );
  const answers = examples.map(({ label }) => labels.indexOf(label));
  const counts = labels.map((_, i) => answers.filter((answer) => answer === i).length);
  const average = examples.length / labels.length;
  const importance = counts.map((count) => Math.sqrt(average / count));
  const weights = labels.map(() => new Float32Array(index.size));
  const biases = new Float64Array(labels.length);
  const sums = labels.map(() => new Float32Array(index.size));
  const order = shuffled(examples.length);
  for (let pass = 0; pass < passes; pass++) {
    const rate = firstRate / (1 + pass);
    for (const i of order) {
      const row = rows[i] as Row;
      const answer = answers[i] as number;
      const shares = softmax(scores(row, weights, biases));
      // What is known well enough teaches nothing more.
      if ((shares[answer] as number) > 1 - 2 * smoothing) continue;
      for (let k = 0; k < labels.length; k++) {
        const wanted = k === answer ? 1 - smoothing : smoothing / (labels.length - 1);
        const change = rate * (importance[answer] as number) * (wanted - (shares[k] as number));
        if (Math.abs(change) < 1e-4) continue;
        const weight = weights[k] as Float32Array;
        for (let j = 0; j < row.places.length; j++) (weight[row.places[j] as number] as number) += change * (row.values[j] as number);
        (biases[k] as number) += change * 0.1;
      }
    }
    // The mean of the later passes instead of the last one: an example more or less, or their order, then moves little (averaged SGD, Polyak & Juditsky 1992).
    if (pass >= passes / 2) for (const [k, sum] of sums.entries()) add(sum, weights[k] as Float32Array);
  }
  const kept = passes - Math.ceil(passes / 2);
  for (const [k, sum] of sums.entries()) weights[k]?.set(sum.map((total) => total / kept));
  return (words) => {
    const shares = softmax(
      scores(
        vector(featuresOf(words), (name) => index.get(name), idf),
        weights,
        biases,
      ),
    );
    return new Map(labels.map((label, i) => [label, shares[i] as number]));
  };
}

function add(sum: Float32Array, values: Float32Array): void {
  for (let j = 0; j < sum.length; j++) (sum[j] as number) += values[j] as number;
}

const firstRate = 1.5;
const smoothing = 0.02;

interface Row {
  places: number[];
  values: number[];
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

function pieces(word: string): string[] {
  const found: string[] = [];
  for (let length = 3; length <= 4; length++) for (let i = 0; i + length <= word.length; i++) found.push(`c${word.slice(i, i + length)}`);
  return found;
}

/** The features of each block, each once. */
function featuresOf(words: Word[]): string[][] {
  return blocks.map(([, features]) => [...new Set(features(words))]);
}

function vector(features: string[][], place: (name: string) => number | undefined, idf: (name: string) => number): Row {
  const row: Row = { places: [], values: [] };
  features.forEach((names, i) => {
    const value = (blocks[i] as (typeof blocks)[number])[0] / Math.sqrt(Math.max(3, names.length));
    for (const name of names) {
      const at = place(name);
      if (at === undefined) continue;
      row.places.push(at);
      row.values.push(value * idf(name));
    }
  });
  return row;
}

function countFeatures(examples: string[][][]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const features of examples) for (const names of features) for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function register(index: Map<string, number>, name: string): number {
  const known = index.get(name);
  if (known !== undefined) return known;
  index.set(name, index.size);
  return index.size - 1;
}

function scores(row: Row, weights: Float32Array[], biases: Float64Array): number[] {
  return weights.map((weight, k) => {
    let sum = biases[k] as number;
    for (let j = 0; j < row.places.length; j++) sum += (weight[row.places[j] as number] as number) * (row.values[j] as number);
    return sum;
  });
}

function softmax(values: number[]): number[] {
  const top = Math.max(...values);
  const raised = values.map((value) => Math.exp(value - top));
  const sum = raised.reduce((all, value) => all + value, 0);
  return raised.map((value) => value / sum);
}

/** A fixed shuffle (linear congruential, Numerical Recipes' constants), so that training gives the same weights everywhere. */
function shuffled(count: number): number[] {
  const order = Array.from({ length: count }, (_, i) => i);
  let state = 20_25;
  for (let i = count - 1; i > 0; i--) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const j = state % (i + 1);
    [order[i], order[j]] = [order[j] as number, order[i] as number];
  }
  return order;
}
