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
 * a story in which another topic is named is not a question about it. In a short message ("…, and where do I see older ones?") one question drowns the
 * other in the whole: there a clear cut counts too where both parts are surer still and the more urgent one is for people.
 */
export function twoQuestions(text: string, whole: Guess, parts: Parts): Segment[] {
  const none = whole.length - 1;
  const [likeliest, next] = twoLikeliest(whole.subarray(0, none));
  const inMind = next >= IN_MIND && likeliest + next >= BOTH_IN_MIND;
  const short = text.length <= SHORT && likeliest >= DROWNED.together;
  if (!inMind && !short) return []; // cuts cost a guess each
  let best: Segment[] = [];
  let bestScore = 0;
  for (const { before, after, clear, sentence } of cuts(text, MOST_CUTS)) {
    if (!inMind && !clear) continue;
    const likeliestOf = (part: string) => {
      const guess = parts.guess(part);
      const at = top(guess);
      return { text: part, at, score: guess[at] as number };
    };
    const one = likeliestOf(before);
    if (one.at === none || one.score < (inMind ? SURE : DROWNED.sure)) continue; // saves the other's guess
    const other = likeliestOf(after);
    if (one.at === other.at || other.at === none || one.score * other.score <= bestScore) continue;
    const both = [one, other];
    const rank = (at: number) => urgency(parts.topics[at]);
    const ordered = both.sort((a, b) => rank(b.at) - rank(a.at) || b.score - a.score);
    const sureOfBoth = Math.min(one.score, other.score);
    const shares = both.map(({ at }) => whole[at] as number) as [number, number];
    const together = shares[0] + shares[1];
    const usual = sureOfBoth >= SURE && Math.min(...shares) >= IN_MIND && together >= BOTH_IN_MIND;
    const drowned =
      short &&
      clear &&
      sureOfBoth >= DROWNED.sure &&
      together >= DROWNED.together &&
      forPeople(parts.topics[ordered[0]?.at ?? -1], shares[0], sentence);
    if (!usual && !drowned) continue;
    bestScore = one.score * other.score;
    best = ordered.map(({ text, at, score }) => ({ text, id: parts.topics[at]?.id ?? '', score }));
  }
  return best;
}

const MOST_CUTS = 6;
const SURE = 0.8;
const IN_MIND = 0.08;
const BOTH_IN_MIND = 0.85;
/** Characters. */
const SHORT = 200;
/** A cry for help must be in the whole's mind too, in a sentence of its own a little: "…, can I pull it back and keep playing" is none. */
const DROWNED = { sure: 0.9, together: 0.5, safety: 0.05, safetySentence: 0.015 };

function forPeople(topic: Topic | undefined, share: number, sentence: boolean): boolean {
  return topic?.policy === 'handoff' && (topic.precedence !== 'safety' || share >= (sentence ? DROWNED.safetySentence : DROWNED.safety));
}

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
