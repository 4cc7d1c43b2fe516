import type { Repair } from './repair.ts';

/** A topic and the probability that the message is about it. */
export interface Candidate {
  id: string;
  score: number;
}

/** One of several questions in a message. */
export interface Segment extends Candidate {
  text: string;
}

/** What the search found for a message. */
export interface Match {
  /** Best guess among the knowledge's languages, never empty. */
  language: string;
  /** False where the message itself does not tell ("ok", an emoji). */
  languageSure: boolean;
  /** True where the message is in a language that the knowledge does not speak. */
  foreign: boolean;
  /** At most five; likeliest first, but the more urgent of two questions leads. */
  topics: Candidate[];
  /** Probability that no topic covers the message. */
  none: number;
  /** Probability that the topic is one of policy handoff, over all topics. */
  handoff: number;
  /** Probability that the topic is one of precedence safety, over all topics. */
  safety: number;
  /** Calibrated probability that the first topic is the right one, 0..1. */
  confidence: number;
  /** The questions of a message that asks two things, the more urgent first. */
  segments?: Segment[];
  why: Why;
}

/** What `destek ask --why` shows. */
export interface Why {
  words: string[];
  repaired: Repair[];
  /** Share of the words that the knowledge knows, 0..1. */
  coverage: number;
  /** Concepts of the lexicon that were found. */
  concepts: string[];
  languages: Record<string, number>;
  /** The message was short and leant on the last topic. */
  followUp: boolean;
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
