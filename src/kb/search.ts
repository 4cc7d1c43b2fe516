import { loadBackground } from './background.ts';
import { blend, classify, type Guess } from './classify.ts';
import { tokens } from './fold.ts';
import { guessLanguage } from './language.ts';
import { conceptFinder } from './lexicon.ts';
import type { Model } from './model.ts';
import { type Repair, repairer } from './repair.ts';
import { latinLetters } from './spellings.ts';
import { titleFinder } from './titles.ts';
import type { Knowledge } from './topic.ts';
import { trained } from './trained.ts';

/** A topic and the probability that the message is about it. */
export interface Candidate {
  id: string;
  score: number;
}

/** What the search found for a message. */
export interface Match {
  /** Best guess among the knowledge's languages, never empty. */
  language: string;
  /** False where the message itself does not tell ("ok", an emoji). */
  languageSure: boolean;
  /** True where the message is in a language that the knowledge does not speak. */
  foreign: boolean;
  /** At most five, likeliest first. */
  topics: Candidate[];
  /** Probability that no topic covers the message. */
  none: number;
  /** Probability that the topic is one of policy handoff, over all topics. */
  handoff: number;
  /** Probability that the topic is one of precedence safety, over all topics. */
  safety: number;
  /** Calibrated probability that the first topic is the right one, 0..1. */
  confidence: number;
  why: Why;
}

/** What `destek ask --why` shows. */
export interface Why {
  words: string[];
  repaired: Repair[];
  /** Share of the words' weight that the knowledge knows, 0..1. */
  coverage: number;
  languages: Record<string, number>;
}

/** The conversation so far, as far as the search cares. */
export interface MatchContext {
  language?: string;
  /** Id of the topic last answered, for "and how long does that take?". */
  lastTopic?: string;
}

/** A knowledge that can be asked. */
export interface Search {
  match(text: string, context?: MatchContext): Match;
  /** Search as one types, over the titles of one language. */
  find(prefix: string, language: string, limit: number): Candidate[];
}

/** Trains on a knowledge, or loads what an earlier run trained, and answers with its search. `cacheDir` keeps the training by content. */
export async function createSearch(knowledge: Knowledge, options: { cacheDir?: string } = {}): Promise<Search> {
  const background = await loadBackground(knowledge);
  return searchWith(knowledge, await trained(knowledge, background, options.cacheDir));
}

/** The search over a trained model. */
export function searchWith(knowledge: Knowledge, model: Model): Search {
  const concepts = conceptFinder(knowledge.lexicon);
  const repair = repairer(model.words);
  const find = titleFinder(knowledge);
  const policies = model.topics.map((id) => knowledge.topics.get(id));

  const guess = (words: string[], read: string[], shares: Record<string, number>): Guess => {
    const typed = classify(model.experts, words, concepts, shares, model.temperature);
    if (read.every((word, at) => word === words[at])) return typed;
    const repaired = classify(model.experts, read, concepts, shares, model.temperature);
    blend(typed.probabilities, repaired.probabilities);
    return { probabilities: typed.probabilities, coverage: Math.max(typed.coverage, repaired.coverage) };
  };

  return {
    find,
    match(text, context = {}) {
      const tongue = guessLanguage(model.language, text, context.language);
      const words = tokens(text.slice(0, MAX_LENGTH));
      const repaired: Repair[] = [];
      const read = words.map((word) => {
        if (model.words.has(word)) return word;
        const other = repair(word) ?? (tongue.language === 'en' ? word : latinLetters(word));
        if (other !== word) repaired.push({ typed: word, read: other });
        return other;
      });
      const { probabilities, coverage } = guess(words, read, tongue.shares);
      const topics = model.topics
        .map((id, at) => ({ id, score: probabilities[at] ?? 0 }))
        .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
        .slice(0, 5);
      const mass = (chosen: (at: number) => boolean) => model.topics.reduce((sum, _, at) => sum + (chosen(at) ? (probabilities[at] ?? 0) : 0), 0);
      return {
        language: tongue.language,
        languageSure: tongue.sure,
        foreign: tongue.foreign,
        topics,
        none: probabilities[model.topics.length] ?? 0,
        handoff: mass((at) => policies[at]?.policy === 'handoff'),
        safety: mass((at) => policies[at]?.precedence === 'safety'),
        confidence: words.length ? (topics[0]?.score ?? 0) : 0,
        why: { words, repaired, coverage, languages: tongue.shares },
      };
    },
  };
}

const MAX_LENGTH = 6000;
