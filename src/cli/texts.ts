import { Fault } from '../errors.ts';

/** Options that give one text per language. */
export const textOptions = { tr: { type: 'string' }, en: { type: 'string' }, az: { type: 'string' } } as const;

/** The texts that were given, by language. */
export function readTexts(values: { tr?: string; en?: string; az?: string }): Record<string, string> {
  const { tr, en, az } = values;
  return Object.fromEntries(Object.entries({ tr, en, az }).flatMap(([language, text]) => (text ? [[language, text]] : [])));
}

/** A time as people write it, on this machine's clock; undefined where none was given. Throws a Fault where it is none. */
export function readDay(given: string | undefined): Date | undefined {
  if (given === undefined) return undefined;
  const date = new Date(given);
  if (Number.isNaN(date.getTime())) throw new Fault('input.invalid', `“${given}” is no time.`, 'Write it as 2026-12-01T20:00.');
  return date;
}
