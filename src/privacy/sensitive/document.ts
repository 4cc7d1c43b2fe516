import type { Candidate } from './candidate.ts';
import { endsCode } from './card.ts';
import { clauseAfter, clauseBefore, type Label, labelAt } from './label.ts';
import type { Plain } from './plain.ts';

/**
 * Numbers of documents:
 * - Azerbaijani identity card, new series `AA` and 7 digits, old series `AZE` and 8 digits: anywhere (unless it is called a ticket);
 * - with words beside it: its 7 or 8 digits alone, a Turkish card's series (`A12B34567`), a passport (up to two letters, 6 to 9 digits,
 *   ICAO 9303 allows nine places), a FIN (Azerbaijani personal code: 7 letters and digits, no I or O).
 */
export function findDocuments(plain: Plain): Candidate[] {
  const found: Candidate[] = [];
  for (const { kind, pattern, accepts } of shapes) {
    for (const match of plain.text.matchAll(pattern)) {
      const start = match.index + (match[1]?.length ?? 0);
      const end = match.index + match[0].length;
      if (/^[a-z]*[0-9]|^[a-z]{7}/.test(plain.text.slice(end, end + 12)) || endsCode(plain.text, end)) continue;
      const value = plain.text.slice(start, end);
      if (!accepts(labelAt(plain, start, end), plain, start, end, value)) continue;
      found.push({
        kind,
        start,
        end,
        keep: value
          .replace(/[^a-z0-9]/g, '')
          .slice(-2)
          .toUpperCase(),
      });
    }
  }
  return found;
}

interface Shape {
  kind: Candidate['kind'];
  /** Its first group is what stands before. */
  pattern: RegExp;
  accepts: (label: Label, plain: Plain, start: number, end: number, value: string) => boolean;
}

const edge = '((?<![a-z0-9@.])|(?<=[^a-z0-9]\\.))';
const gap = '[ \\-.:_/#]{0,3}';

const shapes: Shape[] = [
  {
    kind: 'id-card',
    pattern: new RegExp(`${edge}(?:aa${gap}[0-9]{7}|aze${gap}[0-9]{8})(?![0-9])`, 'g'),
    accepts: (label) => label !== 'reference',
  },
  {
    kind: 'id-card',
    pattern: new RegExp(`${edge}(?:[a-z][0-9]{2} ?[a-z] ?[0-9]{5}|[0-9]{7,8})(?![0-9])`, 'g'),
    accepts: (label, plain, _start, end, value) =>
      (label === 'id-card' || (label === 'national-id' && /[a-z]/.test(value))) && !isAmount(plain.text, end),
  },
  {
    kind: 'passport',
    pattern: new RegExp(`${edge}[a-z]{1,2} [#]? ?[0-9]{6,9}(?![0-9])`, 'g'),
    accepts: (label, plain, start, end) => label === 'passport' && isCapital(plain, start, end),
  },
  {
    kind: 'passport',
    pattern: new RegExp(`${edge}(?:[a-z]{1,2}[\\-#]?)?(?:[0-9]{6,9}|[0-9]{2} ?[0-9]{2} ?[0-9]{6})(?![0-9])`, 'g'),
    accepts: (label, plain, start, end, value) =>
      (label === 'passport' || (label === null && /^[a-z]/.test(value) && passportNear(plain.text, start, end))) &&
      !isAmount(plain.text, end),
  },
  {
    kind: 'fin',
    pattern: new RegExp(`${edge}[a-hj-np-z0-9]{7}(?![a-z0-9])`, 'g'),
    accepts: (label, plain, start, end, value) => isFin(label, plain, start, end, value),
  },
  {
    kind: 'fin',
    pattern: new RegExp(`${edge}[a-hj-np-z0-9]{1,4}(?:[ -][a-hj-np-z0-9]{1,4}){1,6}(?![a-z0-9])`, 'g'),
    accepts: (_label, plain, start, _end, value) =>
      /^[a-z0-9]{7}$/.test(value.replace(/[ -]/g, '')) &&
      mixes(value) &&
      namedFin.test(clauseBefore(plain.text, start)) &&
      everyPiece(value),
  },
];

function isFin(label: Label, plain: Plain, start: number, end: number, value: string): boolean {
  if (label === 'fin') {
    if (mixes(value)) return true;
    const named = namedFin.test(clauseBefore(plain.text, start));
    return named && (/^[0-9]+$/.test(value) || isCapital(plain, start, end));
  }
  return (
    label === 'id-card' &&
    mixes(value) &&
    (value.match(/[0-9]/g)?.length ?? 0) >= 2 &&
    !/^[a-z]+(?:$|[^0-9])/.test(clauseAfter(plain.text, end))
  );
}

/** In a longer story the word may stand a sentence away from a value that begins with letters. */
function passportNear(text: string, start: number, end: number): boolean {
  return /pas+[ae]?port|xarici pas/.test(text.slice(Math.max(0, start - 200), start) + text.slice(end, end + 80));
}

/** The label right before the value with nothing but small words between. */
const namedFin = /(?:fin|pin)[ -]?(?:kod|code)?[a-z]{0,6}(?:[ :=-]|budur|bu|sudur|is|beledir|olan|no|nomrem)*$/;

function mixes(value: string): boolean {
  return /[0-9]/.test(value) && /[a-z]/.test(value);
}

/** Every piece holds a digit or is at most two letters, so that words do not count. */
function everyPiece(value: string): boolean {
  return value.split(/[ -]/).every((piece) => /[0-9]/.test(piece) || piece.length <= 2);
}

function isCapital(plain: Plain, start: number, end: number): boolean {
  const original = plain.original.slice(plain.at[start], plain.at[end]);
  return /^[A-Z0-9 №#]+$/.test(original);
}

function isAmount(text: string, end: number): boolean {
  return /^[ .,]?(?:tl|lira|try|azn|manat|usd|dollar|eur|euro|₺|₼|¤|\$|%)/.test(text.slice(end, end + 8));
}
