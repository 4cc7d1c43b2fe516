import { featuresOf } from './features.ts';
import type { ConceptFinder } from './lexicon.ts';
import { BLOCK_WEIGHTS, type Expert } from './model.ts';
import { score, softmax } from './regression.ts';
import { vectorOf } from './vocabulary.ts';

/** Probability of every class, and which share of the words' idf mass is known. */
export interface Guess {
  probabilities: Float32Array;
  coverage: number;
}

/**
 * Asks the experts about words: each language's by how likely that language is, and the one of all languages.
 * Both opinions count half, as the mean of their log-probabilities.
 */
export function classify(experts: Expert[], words: string[], concepts: ConceptFinder, shares: Record<string, number>, temperature: number): Guess {
  const features = featuresOf(words, concepts);
  const classes = experts[0]?.regression.classes ?? 0;
  const mixed = new Float32Array(classes);
  const scores = new Float32Array(classes);
  let coverage = 0;
  for (const expert of experts) {
    const share = expert.language === '*' ? 0 : (shares[expert.language] ?? 0);
    if (share < 0.02) continue;
    const vector = vectorOf(features, expert.vocabulary, BLOCK_WEIGHTS);
    score(expert.regression, vector, scores);
    softmax(scores, temperature);
    for (let c = 0; c < classes; c++) mixed[c] = (mixed[c] ?? 0) + share * (scores[c] ?? 0);
    coverage = Math.max(coverage, vector.coverage);
  }
  const together = experts.find((expert) => expert.language === '*');
  if (together) {
    const vector = vectorOf(features, together.vocabulary, BLOCK_WEIGHTS);
    score(together.regression, vector, scores);
    softmax(scores, temperature);
    coverage = Math.max(coverage, vector.coverage);
    blend(mixed, scores);
  }
  return { probabilities: mixed, coverage };
}

/** The normalized geometric mean of two opinions, into the first. */
export function blend(one: Float32Array, other: Float32Array): void {
  let sum = 0;
  for (let c = 0; c < one.length; c++) {
    const mean = Math.sqrt(Math.max(1e-9, one[c] ?? 0) * Math.max(1e-9, other[c] ?? 0));
    one[c] = mean;
    sum += mean;
  }
  for (let c = 0; c < one.length; c++) one[c] = (one[c] ?? 0) / sum;
}
