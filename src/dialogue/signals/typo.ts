/** A word and all that is left of it when one letter goes: two words one slip apart share one of these (the symmetric-delete idea of SymSpell). */
export function shortened(word: string): string[] {
  const forms = [word];
  for (let i = 0; i < word.length; i++) forms.push(word.slice(0, i) + word.slice(i + 1));
  return forms;
}

/**
 * True where `written` is likely a slip for `meant`: one slip apart with the same beginning (people seldom miss the first letter; `doldur` is not `öldür`).
 * In short words only swapped or doubled letters count (`kil`, `lief`), since one other letter makes another word.
 */
export function isSlip(written: string, meant: string): boolean {
  if (!distanceOne(written, meant)) return false;
  if (written[0] !== meant[0] && !(written.length === meant.length && written[0] === meant[1] && written[1] === meant[0])) return false;
  if (meant.length > 4) return true;
  return sorted(written) === sorted(meant) || single(written) === single(meant);
}

function sorted(word: string): string {
  return [...word].sort().join('');
}

function single(word: string): string {
  return word.replace(/(.)\1+/g, '$1');
}

/** A word without its vowels but the first letter, as chats drop them (`oprtor`, `bağlyın`); empty for words too short to be told apart so. */
export function skeleton(word: string): string {
  const bones = word.slice(0, 1) + word.slice(1).replace(/[aeiou]/g, '');
  return bones.length >= 5 ? bones : '';
}

/** True for words at most one slip apart: a letter more, less, other, or two neighbours swapped (Damerau 1964). */
function distanceOne(a: string, b: string): boolean {
  if (a === b) return true;
  if (Math.abs(a.length - b.length) > 1) return false;
  let from = 0;
  while (from < a.length && from < b.length && a[from] === b[from]) from++;
  let last = 0;
  while (last < a.length - from && last < b.length - from && a[a.length - 1 - last] === b[b.length - 1 - last]) last++;
  const left = a.slice(from, a.length - last);
  const right = b.slice(from, b.length - last);
  if (left.length <= 1 && right.length <= 1) return true;
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}
