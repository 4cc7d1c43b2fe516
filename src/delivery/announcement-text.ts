import type { Capabilities } from '../conversation/channel.ts';
import { fit } from './fit.ts';

/** One text per language, in the Markdown subset. */
export type Texts = Record<string, string>;

/** What is said in a place: the texts of its languages, one below the other; those that are missing are left out. */
export function textFor(texts: Texts, languages: string[]): string {
  return languages
    .flatMap((language) => texts[language]?.trim() || [])
    .join('\n\n——\n\n')
    .trim();
}

/** The messages that a channel makes of it, as they will stand there. */
export function partsFor(texts: Texts, languages: string[], can: Capabilities): string[] {
  return fit({ type: 'text', text: textFor(texts, languages) }, can).map(({ text }) => text);
}
