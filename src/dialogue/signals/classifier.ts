import type { Word } from './read-words.ts';
import { featuresOf, weightOf } from './word-features.ts';

/** A text that is known to be of a class, as words. */
export interface Example {
  words: Word[];
  label: string;
}

/** Says how likely a text is of each class, from the examples it was trained on. */
export type Classifier = (words: Word[]) => Map<string, number>;

/** A trained classifier as plain data, so that a file can keep it. */
export interface TrainedSignals {
  labels: string[];
  /** Names of the features with a weight, in their order. */
  features: string[];
  /** In how many examples each of them occurs. */
  seen: Uint32Array;
  examples: number;
  /** Per label: a weight for each feature. */
  weights: Float32Array[];
  biases: Float64Array;
}

/** The classifier of trained data. */
export function classifierOf({ labels, features, seen, examples, weights, biases }: TrainedSignals): Classifier {
  const index = new Map(features.map((name, at) => [name, at]));
  const rarity = Float64Array.from(seen, (times) => rarityOf(times, examples));
  return (words) => {
    const row = vector(featuresOf(words), (name) => index.get(name), rarity);
    const shares = softmax(scores(row, weights, biases));
    return new Map(labels.map((label, i) => [label, shares[i] as number]));
  };
}

/**
 * Trains a softmax regression over words, pairs of words and pieces of words (3 and 4 letters), each block normalised.
 * Deterministic (fixed order by a fixed seed), about a second for 4,000 examples; classes weigh alike whatever their size, softened by a root.
 */
export function trainClassifier(examples: Example[], passes = 12): TrainedSignals {
  const labels = [...new Set(examples.map((example) => example.label))].sort();
  const blocks = examples.map(({ words }) => featuresOf(words));
  const counted = countFeatures(blocks);
  const kept = [...counted].filter(([name, times]) => times > 1 || name.startsWith('w'));
  const index = new Map(kept.map(([name], at) => [name, at]));
  const seen = Uint32Array.from(kept, ([, times]) => times);
  const rarity = Float64Array.from(seen, (times) => rarityOf(times, examples.length));
  const rows = blocks.map((features) => vector(features, (name) => index.get(name), rarity));
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
  const averaged = passes - Math.ceil(passes / 2);
  for (const [k, sum] of sums.entries()) weights[k]?.set(sum.map((total) => total / averaged));
  return { labels, features: kept.map(([name]) => name), seen, examples: examples.length, weights, biases };
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

function rarityOf(times: number, examples: number): number {
  return Math.log((examples + 1) / (times + 1)) / 5;
}

function vector(features: string[][], place: (name: string) => number | undefined, rarity: Float64Array): Row {
  const row: Row = { places: [], values: [] };
  features.forEach((names, i) => {
    const value = weightOf(i) / Math.sqrt(Math.max(3, names.length));
    for (const name of names) {
      const at = place(name);
      if (at === undefined) continue;
      row.places.push(at);
      row.values.push(value * (rarity[at] as number));
    }
  });
  return row;
}

function countFeatures(examples: string[][][]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const features of examples) for (const names of features) for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
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
