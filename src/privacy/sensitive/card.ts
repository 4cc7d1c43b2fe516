import type { Candidate } from './candidate.ts';
import { type Group, isRegular, type Window, windowsFrom } from './groups.ts';
import { labelAt } from './label.ts';
import type { Plain } from './plain.ts';

/**
 * Payment card numbers: 13 to 19 digits (ISO/IEC 7812-1) whose Luhn check holds, with any separators.
 * In one piece the check is enough; in pieces they must also begin like a card, so that times and amounts in a row do not count.
 * Called a card but mistyped (check fails): found too, in 15 or 16 digits.
 */
export function findCards(plain: Plain, groups: Group[]): Candidate[] {
  const found: Candidate[] = [];
  for (let first = 0; first < groups.length; ) {
    const window = cardAt(plain, groups, first);
    if (window) {
      found.push({ kind: 'card', start: window.start, end: window.end, keep: window.digits.slice(-4) });
      first = window.last + 1;
    } else first++;
  }
  return found;
}

/** Usual lengths first, so that a security code behind a number is not taken for its end. */
const lengths = [16, 15, 14, 19, 18, 17, 13];

function cardAt(plain: Plain, groups: Group[], first: number): Window | undefined {
  const windows = windowsFrom(groups, first, 13, 19);
  if (windows.length === 0 || startsCode(plain.text, (windows[0] as Window).start)) return undefined;
  for (const length of lengths) {
    const window = windows.find((each) => each.digits.length === length);
    if (window && isCard(plain, groups, window)) return window;
  }
  return undefined;
}

function isCard(plain: Plain, groups: Group[], window: Window): boolean {
  const { digits, sizes, gaps } = window;
  if (/^0|^(.)\1*$/.test(digits) || endsCode(plain.text, window.end)) return false;
  const like = startsLikeCard(digits);
  if (!passesLuhn(digits)) {
    const shaped = like && (digits.length === 15 || digits.length === 16) && isRegular(sizes);
    return shaped && standsAlone(groups, window) && labelAt(plain, window.start, window.end) === 'card';
  }
  const label = labelAt(plain, window.start, window.end);
  if (label === 'reference') return false;
  if (sizes.length === 1) return digits.length === 16 || like;
  if (!like && label !== 'card') return false;
  return isRegular(sizes) || cardPatterns.has(sizes.join('-')) || (hasUsualLength(digits) && new Set(gaps).size === 1);
}

const cardPatterns = new Set(['4-6-5', '4-6-4', '6-13', '8-8', '4-12', '12-4', '6-6-4', '6-10', '4-4-4-4-3', '4-4-8', '8-4-4']);

/** Ranges of issuer numbers in use (ISO/IEC 7812 register as the schemes publish it): Visa, Mastercard, Amex, Diners, JCB, Discover, UnionPay, Maestro, Troy, Mir, RuPay. */
function startsLikeCard(digits: string): boolean {
  return /^(?:4|5[0-8]|6|3[4-9]|30[0-59]|9792|81|82|220[0-4]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/.test(digits);
}

/** The length that goes with the first digits. */
function hasUsualLength(digits: string): boolean {
  const first = digits.slice(0, 2);
  if (first === '34' || first === '37') return digits.length === 15;
  if (/^3[0689]/.test(first)) return digits.length === 14;
  return digits.length === 16;
}

/** Luhn's check (ISO/IEC 7812-1, annex B). */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    const doubled = digit * 2;
    sum += i % 2 === 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** No further digits hang on the window, so it is not a piece of something longer. */
function standsAlone(groups: Group[], window: Window): boolean {
  const size = window.sizes[0] ?? 0;
  const hangsOn = (group?: Group) => group?.joint !== undefined && group.digits.length === size;
  const first = groups[window.first] as Group;
  return !(first.joint !== undefined && groups[window.first - 1]?.digits.length === size) && !hangsOn(groups[window.last + 1]);
}

/** True where letters or signs glued before make it a code, a phone number or a link's part: `TXN4242…`, `+90 …`, `<@1234…`. */
export function startsCode(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - 12), start);
  return (
    /[+@&=]$|\+ ?\(?$|<[@#:a-z]*$/.test(before) ||
    (/(?:[a-z][a-z0-9]{0,2}|(?:^|[^a-z])[a-z]{2,5}-)$/.test(before) &&
      !/(?:[a-z]{4}|kart|card|no|nr|num|tc|tckn|visa|troy)-?$/.test(before))
  );
}

/** True where what is glued behind makes it a code or an e-mail address: `4242…ab12`, `4242…@mail.com`. */
export function endsCode(text: string, end: number): boolean {
  return /^(?:[a-z]{1,12}[0-9]|[a-z0-9._+-]{0,30}@[a-z])/.test(text.slice(end, end + 34));
}
