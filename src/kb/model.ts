import { cyrillic } from './cyrillic.ts';
import { BLOCKS, type Features, featuresOf } from './features.ts';
import { fold, tokens } from './fold.ts';
import { type LanguageModel, type LanguageSample, learnLanguages } from './language.ts';
import { conceptFinder } from './lexicon.ts';
import { type Regression, train } from './regression.ts';
import type { Knowledge } from './topic.ts';
import { learnVocabulary, type Vocabulary, vectorOf } from './vocabulary.ts';

/** Speech that no topic covers: in each language, and samples of languages that the knowledge does not speak. */
export interface Background {
  outOfScope: Record<string, string[]>;
  foreign: string[];
}

/** One regression and the vocabulary that it reads with. */
export interface Expert {
  /** A language, or `*` for the expert that learnt from all languages together. */
  language: string;
  vocabulary: Vocabulary;
  regression: Regression;
}

/** Everything that training finds out about a knowledge, as plain data that a file or a thread can carry. */
export interface Model {
  /** Topic ids; the class after the last one is "none of them". */
  topics: string[];
  experts: Expert[];
  language: LanguageModel;
  /** Words of all questions and how often they occur, for repairs. */
  words: Map<string, number>;
  /** Divides scores before they become probabilities. */
  temperature: number;
}

/** A question with the class that it belongs to. */
export interface Example {
  text: string;
  language: string;
  topic: number;
}

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

/** Trains the experts on examples: one per language and one for all together. */
export function learnExperts(examples: Example[], features: Features[], classes: number, languages: string[]): Expert[] {
  return [...languages, '*'].map((language) => {
    const own = examples.flatMap((example, at) => (language === '*' || example.language === language ? [at] : []));
    const vocabulary = learnVocabulary(own.map((at) => features[at] ?? []), 1);
    const vectors = own.map((at) => vectorOf(features[at] ?? [], vocabulary, BLOCK_WEIGHTS));
    const classOf = own.map((at) => examples[at]?.topic ?? 0);
    return { language, vocabulary, regression: train(vectors, classOf, classes, vocabulary.idf.length, TRAINING) };
  });
}

/** Trains everything on a knowledge. Takes seconds: called in a worker thread. */
export function learn(knowledge: Knowledge, background: Background): Model {
  const { topics, examples } = examplesOf(knowledge, background);
  const concepts = conceptFinder(knowledge.lexicon);
  const words = new Map<string, number>();
  const features = examples.map((example) => {
    const folded = tokens(example.text);
    for (const word of folded) words.set(word, (words.get(word) ?? 0) + 1);
    return featuresOf(folded, concepts);
  });
  for (const entry of knowledge.lexicon) {
    for (const entries of Object.values(entry.words)) for (const word of entries) if (!word.includes('*')) for (const part of tokens(word)) words.set(part, (words.get(part) ?? 0) + 1);
  }
  const experts = learnExperts(examples, features, topics.length + 1, knowledge.languages);
  return { topics, experts, language: learnLanguages(knowledge.languages, languageSamples(knowledge, examples, background)), words, temperature: 1 };
}

/** How the experts are trained: found by cross-validation on the shipped knowledge. */
const TRAINING = { passes: 6, rate: 1, smoothing: 0.05, l2: 0 };

function languageSamples(knowledge: Knowledge, examples: Example[], background: Background): LanguageSample[] {
  const samples: LanguageSample[] = examples.map(({ text, language }) => ({ text, language }));
  for (const entry of knowledge.lexicon) {
    for (const [language, words] of Object.entries(entry.words)) for (const word of words) samples.push({ text: word.replaceAll('*', ''), language });
  }
  for (const { text, language } of examples) if (language === 'az') samples.push({ text: cyrillic(fold(text)), language });
  for (const text of background.foreign) samples.push({ text, language: 'foreign' });
  return samples;
}
