import { blend, type Guess } from './classify.ts';

/** True for a message that may lean on the last topic ("peki ne kadar sürer?"): of at most six words, by itself not all but sure, nor surely no question. */
export function mayLean(words: number, guess: Guess): boolean {
  const none = guess.at(-1) ?? 0;
  return words > 0 && words <= 6 && none < 0.9 && Math.max(...guess.subarray(0, -1)) < 0.97;
}

/**
 * Mixes what a message says by itself with what it says behind the last topic's title, into the first: among the topics the mean of the
 * log-probabilities, and whether it is a question at all by the mean of the log-odds, so that "ok" stays no question behind any title.
 */
export function lean(itself: Guess, inContext: Guess): void {
  const last = itself.length - 1;
  const none = 1 / (1 + Math.exp(-(odds(itself[last] as number) + odds(inContext[last] as number)) / 2));
  const topics = itself.subarray(0, last);
  blend(topics, inContext.subarray(0, last));
  for (let at = 0; at < last; at++) topics[at] = (topics[at] as number) * (1 - none);
  itself[last] = none;
}

function odds(probability: number): number {
  const bounded = Math.min(1 - 1e-6, Math.max(1e-6, probability));
  return Math.log(bounded / (1 - bounded));
}
