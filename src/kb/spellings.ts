/**
 * Other ways to write what a folded word may stand for, likeliest first, without the word itself: chats write ş as sh, w or 6,
 * ç as ch or 4, x as kh, ğ as gh, ə as a, q as g or k, j for c. Only what differs; at most a dozen. Which of them is meant, the vocabulary decides.
 */
export function spellings(word: string): string[] {
  const found = new Set<string>();
  const plain = latinLetters(word);
  found.add(plain);
  for (const [from, to] of SOUNDS) {
    if (plain.includes(from)) found.add(plain.replaceAll(from, to));
    if (word.includes(from)) found.add(word.replaceAll(from, to));
  }
  const single = plain.replace(/([a-z])\1/g, '$1');
  found.add(single);
  found.add(plain.replace(/([eo])/, '$1$1'));
  found.delete(word);
  return [...found].slice(0, 12);
}

/** The reading of sh, ch, kh, gh, w and 6 as single letters of the Turkish and Azerbaijani alphabets, folded. */
export function latinLetters(word: string): string {
  return word.replaceAll('sh', 's').replaceAll('ch', 'c').replaceAll('kh', 'x').replaceAll('gh', 'g').replaceAll('w', 's');
}

const SOUNDS: [string, string][] = [
  ['w', 'v'],
  ['x', 'h'],
  ['x', 'ks'],
  ['q', 'g'],
  ['q', 'k'],
  ['g', 'q'],
  ['k', 'q'],
  ['j', 'c'],
  ['ts', 'c'],
];
