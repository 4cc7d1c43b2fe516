import { latinOfCyrillic } from '../cyrillic.ts';

/**
 * The one form in which the search compares writing: index and query, lexicon and titles.
 * Lower case by Turkish and Azerbaijani rules (İ I ı i are one letter), ə as e, no diacritics, Azerbaijani Cyrillic as Latin,
 * suffixes after an apostrophe cut (IBAN'ımı → iban), English contractions joined (can't → cant),
 * a letter three times or more once (parammm → param), numbers kept and parted from their unit (500tl → 500 tl),
 * everything that is neither letter nor digit a single space. Idempotent, total on any string, linear in its length.
 */
export function fold(text: string): string {
  const lower = plain(text) ? text.toLowerCase() : latin(text);
  return lower.replace(APOSTROPHE, joinOrCut).replace(NOT_WORD, ' ').replace(REPEATED, '$1').replace(AMOUNT, '$1 $2').trim();
}

/** The words of a text, folded. An empty text has none. */
export function tokens(text: string): string[] {
  const folded = fold(text);
  return folded ? folded.split(' ') : [];
}

const APOSTROPHE = /(?<=[\p{L}\d])['’‘ʼ`´＇](\p{L}{1,24})(?!\p{L})/gu;
const CONTRACTION = new Set(['t', 's', 'm', 're', 've', 'll', 'd']);
const NOT_WORD = /[^\p{L}\d]+/gu;
const REPEATED = /(\p{L})\1{2,}/gu;
const AMOUNT = /(?<!\p{L})(\d{2,24})(?=\p{L})(\p{L})/gu;
const MARKS = /[\p{M}\u{200B}-\u{200F}\u{FEFF}\u{AD}]+/gu;

function plain(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}

// Marks go first: a text of combining marks alone would make normalization sort them, which is not linear.
// NFKD can uncover capitals (𝐀), lower case can uncover marks (İ), hence both sides.
function latin(text: string): string {
  const bare = text.replace(MARKS, '').normalize('NFKD').toLowerCase().normalize('NFKD').replace(MARKS, '');
  return bare.replace(OTHER_LETTERS, (letter) => LATIN[letter] ?? letter);
}

function joinOrCut(_all: string, tail: string): string {
  return CONTRACTION.has(tail) ? tail : '';
}

/** Letters that normalization leaves alone. Cyrillic is read as Azerbaijani wrote it until 1991: г is q, ҝ is g, х is x. */
const LATIN: Readonly<Record<string, string>> = {
  ...latinOfCyrillic,
  г: 'q',
  ц: 'ts',
  ю: 'yu',
  я: 'ya',
  ı: 'i',
  ə: 'e',
  ø: 'o',
  đ: 'd',
  ł: 'l',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ð: 'd',
  þ: 'th',
};
const OTHER_LETTERS = new RegExp(`[${Object.keys(LATIN).join('')}]`, 'gu');
