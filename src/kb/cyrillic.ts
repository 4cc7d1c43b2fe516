/**
 * Folded Azerbaijani as it was written in Cyrillic, so that the guess of the language learns to tell it from Russian.
 * Folding lost some letters (ə and e, ı and i, ş and s), which is taken as the commoner one.
 */
export function cyrillic(folded: string): string {
  return folded.replace(/[a-z]/g, (letter) => LETTERS[letter] ?? letter);
}

const LETTERS: Record<string, string> = {
  a: 'а',
  b: 'б',
  c: 'ч',
  d: 'д',
  e: 'ә',
  f: 'ф',
  g: 'ҝ',
  h: 'һ',
  i: 'и',
  j: 'ж',
  k: 'к',
  l: 'л',
  m: 'м',
  n: 'н',
  o: 'о',
  p: 'п',
  q: 'г',
  r: 'р',
  s: 'с',
  t: 'т',
  u: 'у',
  v: 'в',
  x: 'х',
  y: 'ј',
  z: 'з',
};
