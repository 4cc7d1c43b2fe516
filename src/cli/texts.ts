import { Fault } from '../errors.ts';

/** Options that give one text per language. */
export const textOptions = { tr: { type: 'string' }, en: { type: 'string' }, az: { type: 'string' } } as const;

/** The texts that were given, by language. */
export function readTexts(values: { tr?: string; en?: string; az?: string }): Record<string, string> {
  const { tr, en, az } = values;
  return Object.fromEntries(Object.entries({ tr, en, az }).flatMap(([language, text]) => (text ? [[language, text]] : [])));
}

/** Checks what is to be done instead of saying something new: `list`, or one of `acts` with a number. Throws a Fault where it is neither. */
export function readAct(act: string, id: string, more: string[], acts: string[]): void {
  if (act !== 'list' && !acts.includes(act))
    throw new Fault('call.wrong', `“${act}” is not known here; put a text in quotes after its language: --en "…".`);
  if (more.length > 0 || (act === 'list' && id)) throw new Fault('call.wrong', `“${more[0] ?? id}” is too much.`);
  if (act !== 'list' && !/^\d+$/.test(id)) throw new Fault('call.wrong', `Give the number of one, as the list shows it: ${act} 3.`);
}

/** A time as people write it, on this machine's clock; undefined where none was given. Throws a Fault where it is none, or is over. */
export function readDay(given: string | undefined): Date | undefined {
  if (given === undefined) return undefined;
  const date = new Date(given);
  if (Number.isNaN(date.getTime())) throw new Fault('input.invalid', `“${given}” is no time.`, 'Write it as 2026-12-01T20:00.');
  if (date.getTime() < Date.now() - 60_000) throw new Fault('input.invalid', `“${given}” is over.`, 'Name a time to come.');
  return date;
}
