import type { Background, Example } from './example.ts';
import { BLOCKS, featuresOf } from './features.ts';
import { tokens } from './fold.ts';
import { type LanguageModel, learnLanguages } from './language.ts';
import { languageSamples } from './language-samples.ts';
import { conceptFinder } from './lexicon.ts';
import { type Regression, score, softmax, train } from './regression.ts';
import type { Knowledge } from './topic.ts';
import { countIn, learnVocabulary, type Vocabulary } from './vocabulary.ts';
import { learnRarity, type Rarity, weigh } from './weighting.ts';

/** Everything that training finds out about a knowledge, as plain data that a file or a thread can carry. */
export interface Model {
  /** Topic ids; the class after the last one is "none of them". */
  topics: string[];
  vocabulary: Vocabulary;
  rarity: Rarity;
  regression: Regression;
  language: LanguageModel;
  /** Words of all questions and how often they occur, for repairs. */
  words: Map<string, number>;
  /** Divides scores before they become probabilities. */
  temperature: number;
  /** Added to the logarithm of the odds of "none of them"; 0 where the questions and what is none of them are in proportion. */
  noneBias: number;
}

/** What the topics and their questions teach. */
export type QuestionsModel = Omit<Model, 'language' | 'temperature'>;

/** Weights of the features' blocks, in their order. */
export const BLOCK_WEIGHTS: number[] = BLOCKS.map((block) => block.weight);

/** The questions and titles of all enabled topics, and the background as the class after the last topic. */
export function examplesOf(knowledge: Knowledge, background: Background): { topics: string[]; examples: Example[] } {
  const enabled = [...knowledge.topics.values()].filter((topic) => topic.enabled);
  const topics = enabled.map((topic) => topic.id).sort();
  const examples: Example[] = [];
  for (const topic of enabled) {
    for (const [language, { title, questions }] of Object.entries(topic.texts)) {
      const place = topics.indexOf(topic.id);
      for (const text of new Set([title, ...questions])) examples.push({ text, language, topic: place });
    }
  }
  for (const language of knowledge.languages) {
    for (const text of background.outOfScope[language] ?? []) examples.push({ text, language, topic: topics.length });
  }
  return { topics, examples };
}

/** Trains everything but the temperature on a knowledge, one after the other. */
export function learn(knowledge: Knowledge, background: Background): Model {
  return { ...learnQuestions(knowledge, background), language: learnTongues(knowledge, background), temperature: 1 };
}

/** Trains the topics and the words for repairs. Takes seconds: called in a worker thread. */
export function learnQuestions(knowledge: Knowledge, background: Background): QuestionsModel {
  const { topics, examples } = examplesOf(knowledge, background);
  const words = new Map<string, number>();
  const count = (text: string) => {
    for (const word of tokens(text)) words.set(word, (words.get(word) ?? 0) + 1);
  };
  for (const { text } of examples) count(text);
  for (const entry of knowledge.lexicon) for (const word of Object.values(entry.words).flat()) if (!word.includes('*')) count(word);
  return { topics, ...learnTopics(knowledge, examples, topics.length + 1), words, noneBias: noneBiasOf(examples, topics.length) };
}

/**
 * A desk's first dozen topics stand beside three times as much speech that is none of them, and would hardly ever be answered from: its odds are brought
 * down to those with which people ask. (Saerens et al. 2002, "Adjusting the outputs of a classifier to new a priori probabilities".)
 */
function noneBiasOf(examples: Example[], none: number): number {
  const outside = examples.filter(({ topic }) => topic === none).length;
  if (outside === 0) return 0;
  const odds = (NONE_ODDS * (examples.length - outside)) / outside;
  return Math.log(Math.min(1, Math.max(LEAST_NONE, odds)));
}

/** Trains the guess of the language. Takes seconds: called in a worker thread. */
export function learnTongues(knowledge: Knowledge, background: Background): LanguageModel {
  const { examples } = examplesOf(knowledge, background);
  return learnLanguages(knowledge.languages, languageSamples(knowledge, examples, background));
}

/**
 * The temperature at which the probabilities of questions that the training did not see are most likely: every fourth question is held out,
 * because on the questions that it learnt from a model is surer than it should be. Takes about as long as training.
 */
export function findTemperature(knowledge: Knowledge, background: Background): number {
  const { topics, examples } = examplesOf(knowledge, background);
  const heldOut = examples.filter((_, at) => at % 4 === 2);
  if (heldOut.length < 20) return DEFAULT_TEMPERATURE;
  const part = learnTopics(
    knowledge,
    examples.filter((_, at) => at % 4 !== 2),
    topics.length + 1,
  );
  const concepts = conceptFinder(knowledge.lexicon);
  const rows = heldOut.map(({ text, topic }) => {
    const scores = new Float32Array(topics.length + 1);
    score(part.regression, weigh(countIn(part.vocabulary, featuresOf(tokens(text), concepts)), part.rarity, BLOCK_WEIGHTS), scores);
    return { scores, topic };
  });
  let best = DEFAULT_TEMPERATURE;
  let least = Infinity;
  for (let temperature = 0.25; temperature <= 1.5; temperature += 0.05) {
    let loss = 0;
    for (const { scores, topic } of rows) {
      const probabilities = scores.slice();
      softmax(probabilities, temperature);
      loss -= Math.log(Math.max(1e-9, probabilities[topic] as number));
    }
    if (loss < least) [best, least] = [temperature, loss];
  }
  return best * SHARPER;
}

type TopicModel = Pick<Model, 'vocabulary' | 'rarity' | 'regression'>;

function learnTopics(knowledge: Knowledge, examples: Example[], classes: number): TopicModel {
  const concepts = conceptFinder(knowledge.lexicon);
  const features = examples.map(({ text }) => featuresOf(tokens(text), concepts));
  const vocabulary = learnVocabulary(features, examples.length < SMALL ? 1 : 2);
  const counted = features.map((one) => countIn(vocabulary, one));
  const rarity = learnRarity(counted, vocabulary.size);
  const vectors = counted.map((one) => weigh(one, rarity, BLOCK_WEIGHTS));
  const classOf = Uint16Array.from(examples, ({ topic }) => topic);
  const passes = Math.max(3, Math.min(30, Math.round(STEPS / examples.length)));
  return { vocabulary, rarity, regression: train(vectors, classOf, classes, vocabulary.size, { passes, rate: 1, smoothing: 0.05 }) };
}

// Found by cross-validation on the shipped knowledge. Few questions need more passes; more than three of many make it surer, not better.
const STEPS = 25_000;
// Below so many questions a feature that occurs once still tells something; above, leaving them out halves time and memory at no loss.
const SMALL = 3000;
// The whole knowledge teaches a third more than the three quarters of it that the temperature is measured with.
const SHARPER = 0.87;
const DEFAULT_TEMPERATURE = 0.65;
// One message in eight asks nothing that the desk knows, as on the shipped knowledge, which this leaves as it is.
const NONE_ODDS = 1 / 7;
// Twenty questions know too little to be believed for it: beyond this half of all small talk would be offered them.
const LEAST_NONE = 0.1;
