import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

export type Place = 'web' | 'telegram' | 'discord' | 'email';
export type Language = 'tr' | 'en' | 'az';

/** Somebody of the rush hour. A line that begins with `>` presses the button that says so. */
export interface Part {
  on: Place;
  language: Language;
  name: string;
  subject?: string;
  lines: string[];
}

/** What happens in the demo. */
export interface Script {
  people: Part[];
  replies: Record<Language, { first: string; last: string }>;
  notice: { topics: string[]; texts: Record<Language, string> };
  announcement: Record<Language, string>;
}

/** Reads rush-hour.yaml. */
export function readScript(): Script {
  return parse(readFileSync(path.join(import.meta.dirname, 'rush-hour.yaml'), 'utf8')) as Script;
}
