import { loadBackground } from './background.ts';
import { blend, classify, type Guess } from './classify.ts';
import { lean, mayLean } from './follow-up.ts';
import { guessLanguage, type LanguageGuess } from './language.ts';
import { conceptFinder } from './lexicon.ts';
import type { Candidate, Match, MatchContext, Search } from './match.ts';
import type { Model } from './model.ts';
import { reader, type Words } from './reader.ts';
import { titleFinder } from './titles.ts';
import type { Knowledge, Topic } from './topic.ts';
import { type Training, trained } from './trained.ts';
import { twoQuestions } from './two-questions.ts';

export type { Match, MatchContext, Search } from './match.ts';

/** Trains on a knowledge, or loads what an earlier run trained, and answers with its search. */
export async function createSearch(knowledge: Knowledge, training: Training = {}): Promise<Search> {
  const background = await loadBackground(knowledge);
  return searchWith(knowledge, await trained(knowledge, background, training));
}

/** The search over a trained model. */
export function searchWith(knowledge: Knowledge, model: Model): Search {
  const concepts = conceptFinder(knowledge.lexicon);
  const read = reader(model);
  const topicAt = model.topics.map((id) => knowledge.topics.get(id));
  const mass = (guess: Guess, chosen: (topic: Topic | undefined) => boolean) =>
    topicAt.reduce((sum, topic, at) => sum + (chosen(topic) ? (guess[at] ?? 0) : 0), 0);

  // As typed and as repaired: what looks like a misspelling may be a word that we don't know. The more is misspelt, the less the typed words can say.
  const guess = (words: Words): Guess => {
    const typed = classify(model, words.typed, concepts);
    const { length } = words.repaired;
    if (length) blend(typed, classify(model, words.read, concepts), 0.5 + 0.45 * (length / words.typed.length));
    return typed;
  };

  // Misspelt beyond telling ("i wnat to kil myslef"): the words as the knowledge would write them may tell.
  const tongueOf = (text: string, words: Words, previous?: string): LanguageGuess => {
    const itself = guessLanguage(model.language, text, previous);
    if (itself.sure || itself.foreign || words.repaired.length === 0) return itself;
    const repaired = guessLanguage(model.language, words.read.join(' '), previous);
    return repaired.sure ? repaired : itself;
  };

  const match = (text: string, context: MatchContext = {}): Match => {
    const clipped = text.slice(0, MAX_LENGTH);
    const words = read(clipped);
    const tongue = tongueOf(clipped, words, context.language);
    const found = guess(words);
    const followUp = context.lastTopic !== undefined && mayLean(words.typed.length, found);
    if (followUp) {
      const { title = '' } = knowledge.topics.get(context.lastTopic ?? '')?.texts[tongue.language] ?? {};
      lean(found, guess(read(`${title} ${clipped}`)));
    }
    const asked = twoQuestions(clipped, found, { topics: topicAt, guess: (part) => guess(read(part)) });
    const ranked = rank(model.topics, found);
    const lead = asked[0];
    const topics = lead
      ? [...asked, ...ranked.filter(({ id }) => !asked.some((one) => one.id === id))].map(({ id, score }) => ({ id, score }))
      : ranked;
    return {
      language: tongue.language,
      languageSure: tongue.sure,
      foreign: tongue.foreignLetters || (tongue.foreign && words.coverage < KNOWN_ENOUGH),
      topics: topics.slice(0, 5),
      none: lead ? 0 : (found[model.topics.length] ?? 0),
      handoff: mass(found, (topic) => topic?.policy === 'handoff'),
      safety: mass(found, (topic) => topic?.precedence === 'safety'),
      confidence: words.typed.length ? (topics[0]?.score ?? 0) : 0,
      ...(lead && { segments: asked }),
      why: {
        words: words.typed,
        repaired: words.repaired,
        coverage: words.coverage,
        concepts: concepts(words.read).map((at) => knowledge.lexicon[at]?.concept ?? ''),
        languages: tongue.shares,
        followUp,
      },
    };
  };

  return { match, find: titleFinder(knowledge) };
}

// A pasted book is no longer than this: what is asked stands at its beginning, or nobody could tell.
const MAX_LENGTH = 6000;
const KNOWN_ENOUGH = 0.5;
const RANKED = 8;

function rank(ids: string[], guess: Guess): Candidate[] {
  // The ids are in order, so that of equally likely ones the first stays before.
  const best: Candidate[] = [];
  for (const [at, id] of ids.entries()) {
    const score = guess[at] ?? 0;
    if (best.length === RANKED && score <= (best[RANKED - 1] as Candidate).score) continue;
    let place = best.length;
    while (place > 0 && score > (best[place - 1] as Candidate).score) place--;
    best.splice(place, 0, { id, score });
    if (best.length > RANKED) best.pop();
  }
  return best;
}
