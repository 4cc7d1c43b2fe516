/** A cut of a message in two parts that may ask different things. */
export interface Cut {
  before: string;
  after: string;
  /** At the end of a sentence or a word such as "and": a comma alone joins as often as it parts. */
  clear: boolean;
  /** At the end of a sentence. */
  sentence: boolean;
}

/**
 * The places where a message may turn from one question to another: ends of sentences first, then commas and words such as "and", "also".
 * Both parts have at least two words ("hesabımı kapatın ve …"), at a comma three. At most `most` cuts, so that a long letter costs no more than a short one.
 */
export function cuts(text: string, most: number): Cut[] {
  const found: Cut[] = [];
  for (const boundary of [SENTENCE, CLAUSE]) {
    for (const match of text.matchAll(boundary)) {
      if (found.length >= most) return found;
      const before = text.slice(0, match.index).trim();
      const after = text.slice(match.index + match[0].length).trim();
      const clear = match[0].trim() !== ',';
      const least = clear ? LEAST_WORDS : LEAST_AT_COMMA;
      if (words(before) >= least && words(after) >= least) found.push({ before, after, clear, sentence: boundary === SENTENCE });
    }
  }
  return found;
}

const LEAST_WORDS = 2;
const LEAST_AT_COMMA = 3;
const SENTENCE = /(?<=[.!?…;])\s+|\n+/gu;
const CLAUSE =
  /,?\s+(?:and|but first|also|plus|by the way|btw|ve|ama önce|ayrıca|hem de|hem|bu arada|bir de|bi de|birde|və|amma əvvəlcə|həm də|həm|bir də)\s+|,\s+/giu;

function words(text: string): number {
  return text.match(/[\p{L}\d]+/gu)?.length ?? 0;
}
