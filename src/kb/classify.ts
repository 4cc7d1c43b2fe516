import { featuresOf } from './features.ts';
import type { ConceptFinder } from './lexicon.ts';
import { BLOCK_WEIGHTS, type Model } from './model.ts';
import { score, softmax } from './regression.ts';
import { countIn } from './vocabulary.ts';
import { weigh } from './weighting.ts';

/** Probability of every topic, and last of none. */
export type Guess = Float32Array;

/**
 * Probability of every topic for folded words, and last of none. One model reads all languages: borrowed words, mixed sentences and
 * the lexicon's concepts teach it across them, which was measured better than one model per language (see docs/search.md).
 */
export function classify(model: Model, words: string[], concepts: ConceptFinder): Guess {
  const scores = new Float32Array(model.topics.length + 1);
  const counted = countIn(model.vocabulary, featuresOf(words, concepts));
  score(model.regression, weigh(counted, model.rarity, BLOCK_WEIGHTS), scores);
  const none = model.topics.length;
  scores[none] = (scores[none] as number) + model.noneBias * model.temperature;
  softmax(scores, model.temperature);
  return scores;
}

/** The normalized geometric mean of two opinions, into the first; `weight` (0..1) is what the second one counts. */
export function blend(one: Guess, other: Guess, weight = 0.5): void {
  let sum = 0;
  for (let c = 0; c < one.length; c++) {
    const mean = Math.exp((1 - weight) * Math.log(Math.max(1e-9, one[c] ?? 0)) + weight * Math.log(Math.max(1e-9, other[c] ?? 0)));
    one[c] = mean;
    sum += mean;
  }
  for (let c = 0; c < one.length; c++) one[c] = (one[c] ?? 0) / sum;
}
