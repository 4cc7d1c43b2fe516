import type { Knowledge } from '../kb/topic.ts';

/** The first language of a browser (its `accept-language`) that the desk speaks, else the desk's own. */
export function preferredLanguage(header = '', { languages, desk }: Knowledge): string {
  const wanted = header.split(',').map((each) => each.trim().slice(0, 2).toLowerCase());
  return wanted.find((code) => languages.includes(code)) ?? desk.defaultLanguage;
}
