import { signal } from '@preact/signals';
import type english from '../../locales/en/desk.json';
import type about from '../../locales/en/desk-about.json';
import type acts from '../../locales/en/desk-acts.json';
import type composer from '../../locales/en/desk-composer.json';
import type lists from '../../locales/en/desk-lists.json';
import type notices from '../../locales/en/desk-notices.json';
import type troubles from '../../locales/en/desk-troubles.json';

/** The desk's own words of one language, from locales/<language>/desk.json and desk-*.json, one file a part. */
export type Words = typeof english & typeof acts & typeof about & typeof composer & typeof lists & typeof notices & typeof troubles;
export type Key = keyof Words;

/** Languages that the desk speaks, by their own names. */
export const languages = [
  { code: 'tr', name: 'Türkçe' },
  { code: 'en', name: 'English' },
  { code: 'az', name: 'Azərbaycanca' },
] as const;

export type Language = (typeof languages)[number]['code'];

/** Language on the screen. */
export const language = signal<Language>('en');
const words = signal<Words | undefined>(undefined);
const files: Record<Language, () => Promise<{ default: object }>> = {
  tr: () => import('virtual:desk-words/desk-tr'),
  en: () => import('virtual:desk-words/desk-en'),
  az: () => import('virtual:desk-words/desk-az'),
};

/** Brings a language to the screen. */
export async function speak(code: Language): Promise<void> {
  words.value = (await files[code]()).default as Words;
  language.value = code;
  document.documentElement.lang = code;
}

/** One text in the language of the screen, with `{{name}}` filled in. `count` chooses the form `<key>_one` where the language has one. */
export function say(key: Key, values: Record<string, string | number> = {}): string {
  const one = values.count === 1 ? find(`${key}_one`) : undefined;
  return (one ?? find(key) ?? '').replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));
}

/** The name of a code that others decide (a channel, a reason, a kind of data), or the code itself where we have no word for it. */
export function nameOf(
  kind:
    | 'channel'
    | 'reason'
    | 'outcome'
    | 'masked'
    | 'act'
    | 'failure'
    | 'language'
    | 'level'
    | 'mark'
    | 'refused'
    | 'signal'
    | 'silent'
    | 'unfit',
  code: string,
): string {
  // Of a mail that came back the code says why, which no word can: bounced-5.1.1.
  return find(`${kind}_${code.replace(/-\d.*/, '').replaceAll('-', '_')}`) ?? code;
}

function find(key: string): string | undefined {
  return (words.value as Record<string, string> | undefined)?.[key];
}
