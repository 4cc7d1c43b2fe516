import { latinOfCyrillic } from '../../cyrillic.ts';

/**
 * A text as the finders read it: one plain lower-case letter per letter of the original (ə → e, Cyrillic → Latin,
 * fullwidth digits → digits, every dash → `-`), invisible characters left out, what is masked already as `•`.
 * `at[i]` is the place in the original of the plain character i; `at[plain.length]` is the original's length.
 */
export interface Plain {
  text: string;
  at: number[];
  original: string;
}

/** Makes the plain reading of a text. Linear; total on any string, lone surrogates included. */
export function readPlain(original: string): Plain {
  const hidden = maskedPlaces(original);
  const at: number[] = [];
  let text = '';
  for (let i = 0; i < original.length; ) {
    const point = original.codePointAt(i) ?? 0;
    const letter = hidden.has(i) ? '•' : plainLetter(point);
    if (letter) {
      text += letter;
      at.push(i);
    }
    i += point > 0xffff ? 2 : 1;
  }
  at.push(original.length);
  return { text, at, original };
}

/** What a mask leaves: bullets in groups, with a country before and up to four kept characters behind. */
const masked = /•{2,}(?:[ -]•{2,})*(?: ?[A-Za-z0-9]{1,4})?/g;

function maskedPlaces(original: string): Set<number> {
  const places = new Set<number>();
  if (!original.includes('••')) return places;
  for (const match of original.matchAll(masked)) {
    for (let i = match.index; i < match.index + match[0].length; i++) places.add(i);
  }
  return places;
}

const letters = new Map<number, string>();

function plainLetter(point: number): string {
  if (point < 0x80) return ascii[point] ?? '';
  const known = letters.get(point);
  if (known !== undefined) return known;
  const found = foldLetter(String.fromCodePoint(point), point);
  if (letters.size < 5000) letters.set(point, found);
  return found;
}

const ascii = Array.from({ length: 128 }, (_, point) => {
  const letter = String.fromCharCode(point).toLowerCase();
  return '\r\v\f\u0085'.includes(letter) ? '\n' : letter;
});

/** The zeros of other scripts' digits that phones in the region can type (Arabic, Persian, Devanagari). */
const zeros = [0x660, 0x6f0, 0x966];

function foldLetter(letter: string, point: number): string {
  if (/[\p{Mn}\p{Me}\p{Cf}\p{Cs}]/u.test(letter)) return '';
  if (/\p{Pd}|−/u.test(letter)) return '-';
  if (/[\u2028\u2029\u0085]/.test(letter)) return '\n';
  if (/\p{Zs}/u.test(letter)) return ' ';
  if (letter === '№') return '#';
  const zero = zeros.find((first) => point >= first && point < first + 10);
  if (zero !== undefined) return String(point - zero);
  if (letter === 'ə' || letter === 'Ə') return 'e';
  if (letter === 'ı' || letter === 'İ') return 'i';
  const other = latinOfCyrillic[letter.toLowerCase()];
  if (other !== undefined) return other;
  const base = (letter.normalize('NFKD')[0] ?? '').toLowerCase();
  return /^[a-z0-9]$/.test(base) ? base : '¤';
}
