import type { Candidate } from './candidate.ts';
import { endsCode, startsCode } from './card.ts';
import { type Group, isRegular, type Window, windowsFrom } from './groups.ts';
import { labelAt } from './label.ts';
import type { Plain } from './plain.ts';

/**
 * Turkish identity numbers (T.C. kimlik no, of foreigners too): 11 digits whose two check digits hold, in one piece or in
 * regular groups. Called an identity number but mistyped: 10 to 12 digits are found too.
 */
export function findNationalIds(plain: Plain, groups: Group[]): Candidate[] {
  const found: Candidate[] = [];
  for (let first = 0; first < groups.length; ) {
    const window = idAt(plain, groups, first);
    if (window) {
      found.push({ kind: 'national-id', start: window.start, end: window.end, keep: window.digits.slice(-2) });
      first = window.last + 1;
    } else first++;
  }
  return found;
}

function idAt(plain: Plain, groups: Group[], first: number): Window | undefined {
  const windows = windowsFrom(groups, first, 10, 12);
  if (windows.length === 0 || startsCode(plain.text, (windows[0] as Window).start)) return undefined;
  const eleven = windows.find((each) => each.digits.length === 11);
  if (eleven && isId(plain, groups, eleven)) return eleven;
  return windows.find((each) => each.sizes.length === 1 && isMistyped(plain, each));
}

function isId(plain: Plain, groups: Group[], window: Window): boolean {
  if (window.digits.startsWith('0') || endsCode(plain.text, window.end)) return false;
  const label = labelAt(plain, window.start, window.end);
  if (label === 'reference') return false;
  const named = label === 'national-id';
  if (window.sizes.length === 1) return named || passesKimlikCheck(window.digits);
  const together = new Set(window.gaps).size === 1 && standsAlone(groups, window);
  const shape = window.sizes.join('-');
  const regular = isRegular(window.sizes) || shape === '4-4-3' || shape === '3-4-4' || shape === '3-3-5';
  return together && regular && (named || (passesKimlikCheck(window.digits) && !endsRound(window)));
}

/** Amounts in a row (`100 250 300 50`) end in noughts; an identity number's groups seldom do. */
function endsRound(window: Window): boolean {
  let place = 0;
  let round = 0;
  for (const size of window.sizes) {
    place += size;
    if (window.digits[place - 1] === '0') round++;
  }
  return window.sizes.length < 11 && round > 1;
}

function isMistyped(plain: Plain, window: Window): boolean {
  if (window.digits.startsWith('0') || /^90?5[0-9]{9}$/.test(window.digits)) return false;
  const before = plain.text.slice(Math.max(0, window.start - 24), window.start);
  return /(?:^|[^a-z])(?:t\.?c\.?|tckn|kimlik)[^0-9•\n]{0,20}$/.test(before) && labelAt(plain, window.start, window.end) === 'national-id';
}

/** The two check digits of the T.C. kimlik number: (7 × odd places − even places) mod 10, then the sum of the ten mod 10. */
export function passesKimlikCheck(digits: string): boolean {
  if (!/^[1-9][0-9]{10}$/.test(digits)) return false;
  const at = (i: number) => digits.charCodeAt(i) - 48;
  const odd = at(0) + at(2) + at(4) + at(6) + at(8);
  const even = at(1) + at(3) + at(5) + at(7);
  const tenth = (((odd * 7 - even) % 10) + 10) % 10;
  return tenth === at(9) && (odd + even + tenth) % 10 === at(10);
}

/** The same separator does not go on to further digits. */
function standsAlone(groups: Group[], window: Window): boolean {
  const gap = window.gaps[0];
  return groups[window.first]?.joint !== gap && groups[window.last + 1]?.joint !== gap;
}
