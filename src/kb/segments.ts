/** A cut of a message in two parts that may ask different things. */
export interface Cut {
  before: string;
  after: string;
}

/**
 * The places where a message may turn from one question to another: ends of sentences first, then commas and words such as "and", "also".
 * Both parts have at least three words. At most `most` cuts, so that a long letter costs no more than a short one.
 */
export function cuts(text: string, most: number): Cut[] {
  const found: Cut[] = [];
  for (const boundary of [SENTENCE, CLAUSE]) {
    for (const match of text.matchAll(boundary)) {
      if (found.length >= most) return found;
      const before = text.slice(0, match.index).trim();
      const after = text.slice(match.index + match[0].length).trim();
      if (words(before) >= LEAST_WORDS && words(after) >= LEAST_WORDS) found.push({ before, after });
    }
  }
  return found;
}

const LEAST_WORDS = 3;
const SENTENCE = /(?<=[.!?…;])\s+|\n+/gu;
const CLAUSE = /,\s+|\s+(?:and|also|plus|ve|ayrıca|hem|və|həm|bir də|bir de)\s+/giu;

function words(text: string): number {
  return text.match(/[\p{L}\d]+/gu)?.length ?? 0;
}
