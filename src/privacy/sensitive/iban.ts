import { countrySpecs, ValidationErrorsIBAN, validateIBAN } from 'ibantools';
import type { Candidate } from './candidate.ts';
import { type Group, windowsFrom } from './groups.ts';
import { labelAt } from './label.ts';
import type { Plain } from './plain.ts';

/**
 * IBANs of every country in the SWIFT registry (ISO 13616, through ibantools), in any case and with any separators.
 * With a failing check they are found where they are plainly one: `TR` with about 24 digits, `AZ` with its bank code, or the word IBAN.
 * Also a Turkish one whose `TR` was left out.
 */
export function findIbans(plain: Plain, groups: Group[]): Candidate[] {
  const found: Candidate[] = [];
  const { text } = plain;
  let from = 0;
  for (const match of text.matchAll(/[a-z]{2}(?=[ \-.:]{0,2}[0-9o][ \-.]?[0-9o])/g)) {
    if (match.index < from) continue;
    const candidate = ibanAt(plain, match.index);
    if (candidate) {
      found.push(candidate);
      from = candidate.end;
    }
  }
  for (let first = 0; first < groups.length; first++) {
    const window = windowsFrom(groups, first, 22, 26).at(-1);
    if (window && isWithoutCountry(plain, window.start, window.end, window.digits)) {
      found.push({ kind: 'iban', start: window.start, end: window.end, keep: window.digits.slice(-4) });
    }
  }
  return found;
}

/** Letters and digits read from a place on, with separators skipped, and where each of them ends. */
interface Reading {
  letters: string;
  ends: number[];
  spaced: boolean;
}

function read(text: string, start: number, most: number): Reading {
  const ends: number[] = [];
  let letters = '';
  let skipped = 0;
  let spaced = false;
  for (let i = start; i < text.length && letters.length < most && skipped <= 3; i++) {
    const letter = text[i] as string;
    if (/[a-z0-9]/.test(letter)) {
      if (skipped > 0) spaced = true;
      letters += letter.toUpperCase();
      ends.push(i + 1);
      skipped = 0;
    } else if (/[ \n\t\-.,_/:>]/.test(letter)) skipped++;
    else break;
  }
  return { letters, ends, spaced };
}

function ibanAt(plain: Plain, start: number): Candidate | undefined {
  const { text } = plain;
  const country = text.slice(start, start + 2).toUpperCase();
  const length = countrySpecs[country]?.chars;
  if (!length || gluedBefore(text, start)) return undefined;
  const reading = read(text, start, length + 2);
  const whole = reading.letters.slice(0, length);
  const end = reading.ends[length - 1];
  if (end !== undefined && isIban(whole) && (countDigits(whole) >= 10 || !reading.spaced) && !hexBehind(text, end)) {
    return found(country, whole, start, withDigits(text, end));
  }
  return mistyped(plain, start, country, length, reading);
}

function found(country: string, letters: string, start: number, end: number): Candidate {
  return { kind: 'iban', start, end, keep: `${country}${letters.slice(-4)}` };
}

/** One digit too many or too few, or two swapped: plainly an IBAN all the same. */
function mistyped(plain: Plain, start: number, country: string, length: number, reading: Reading): Candidate | undefined {
  const shape = country === 'AZ' ? /^AZ\d\d[A-Z]{4}\d[A-Z0-9]*/ : new RegExp(`^${country}\\d\\d[A-Z0-9]*`);
  const letters = shape.exec(reading.letters)?.[0] ?? '';
  const body = /^.{2}\d\d(?:[A-Z]{4})?\d+/.exec(letters)?.[0] ?? '';
  if (body.length < length - 2 || body.length < 15) return undefined;
  const end = reading.ends[body.length - 1] as number;
  const named = labelAt(plain, start, end) === 'iban' || /iban/.test(plain.text.slice(Math.max(0, start - 24), start));
  if (!named && country !== 'TR' && country !== 'AZ') return undefined;
  return found(country, body, start, withDigits(plain.text, end));
}

function isWithoutCountry(plain: Plain, start: number, end: number, digits: string): boolean {
  if (/[a-z+]$/.test(plain.text.slice(0, start).slice(-1))) return false;
  return (digits.length === 24 && isIban(`TR${digits}`)) || (digits.length >= 22 && labelAt(plain, start, end) === 'iban');
}

function isIban(letters: string): boolean {
  const { valid, errorCodes } = validateIBAN(letters);
  return valid || errorCodes.every((code) => code === ValidationErrorsIBAN.WrongAccountBankBranchChecksum);
}

/** `ibanTR33…` is one, `a1TR33…` is a piece of a code. */
function gluedBefore(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - 8), start);
  return /[a-z0-9]$/.test(before) && !/(?:^|[^a-z0-9])[a-z]*(?:iban|ibani|ibanim|no)$/.test(before);
}

/** Letters with digits behind it: a longer code, not an IBAN with a suffix. */
function hexBehind(text: string, end: number): boolean {
  return /^[a-z]+[0-9]/.test(text.slice(end, end + 8));
}

/** Digits glued on behind belong to the mistyped number. */
function withDigits(text: string, end: number): number {
  return end + (/^[0-9]*/.exec(text.slice(end, end + 8))?.[0].length ?? 0);
}

function countDigits(letters: string): number {
  return letters.replace(/[^0-9]/g, '').length;
}
