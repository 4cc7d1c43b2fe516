import type { Guess } from './classify.ts';
import type { Segment } from './match.ts';
import { cuts } from './segments.ts';
import type { Topic } from './topic.ts';

/** What tells two questions apart. */
export interface Parts {
  /** The topic of each class, in the guess's order. */
  topics: (Topic | undefined)[];
  /** The guess for a part of the message. */
  guess(part: string): Guess;
}

/**
 * The two questions of a message that asks two things, the more urgent first (safety topics, then urgency, then policy handoff, then the likelier);
 * none where it asks one. A cut counts where both parts are surely about different topics that the whole has in mind too:
 * a story in which another topic is named is not a question about it.
 */
export function twoQuestions(text: string, whole: Guess, parts: Parts): Segment[] {
  const none = whole.length - 1;
  const [likeliest, next] = twoLikeliest(whole.subarray(0, none));
  if (next < IN_MIND || likeliest + next < BOTH_IN_MIND) return []; // nearly always: cuts cost a guess each
  let best: Segment[] = [];
  let bestScore = 0;
  for (const { before, after } of cuts(text, MOST_CUTS)) {
    const both = [before, after].map((part) => {
      const guess = parts.guess(part);
      const at = top(guess);
      return { text: part, at, score: guess[at] as number };
    });
    const [one, other] = both as [(typeof both)[0], (typeof both)[0]];
    if (one.at === other.at || both.some(({ at, score }) => at === none || score < SURE || (whole[at] as number) < IN_MIND)) continue;
    if ((whole[one.at] as number) + (whole[other.at] as number) < BOTH_IN_MIND) continue;
    if (one.score * other.score <= bestScore) continue;
    bestScore = one.score * other.score;
    const rank = (at: number) => urgency(parts.topics[at]);
    best = both
      .sort((a, b) => rank(b.at) - rank(a.at) || b.score - a.score)
      .map(({ text, at, score }) => ({ text, id: parts.topics[at]?.id ?? '', score }));
  }
  return best;
}

const MOST_CUTS = 6;
const SURE = 0.8;
const IN_MIND = 0.08;
const BOTH_IN_MIND = 0.85;

function urgency(topic: Topic | undefined): number {
  const byUrgency = { top: 2, high: 1, normal: 0 }[topic?.urgency ?? 'normal'];
  return (topic?.precedence === 'safety' ? 10 : 0) + byUrgency * 2 + (topic?.policy === 'handoff' ? 1 : 0);
}

function twoLikeliest(topics: Guess): [number, number] {
  let [likeliest, next] = [0, 0];
  for (const one of topics) {
    if (one > likeliest) [likeliest, next] = [one, likeliest];
    else if (one > next) next = one;
  }
  return [likeliest, next];
}

function top(guess: Guess): number {
  let best = 0;
  for (let at = 1; at < guess.length; at++) if ((guess[at] as number) > (guess[best] as number)) best = at;
  return best;
}
