import { effect, signal } from '@preact/signals';
import type announce from '../../../locales/en/announce.json';
import type audit from '../../../locales/en/audit.json';
import type english from '../../../locales/en/supervise.json';
import { type Language, language } from '../words.ts';

/** A text of supervisors' pages, from locales/<language>/supervise.json, announce.json and audit.json. */
export type SuperKey = keyof typeof english | keyof typeof announce | keyof typeof audit;

const words = signal<Record<string, string>>({});
const files: Record<Language, () => Promise<{ default: Record<string, string> }>> = {
  tr: () => import('virtual:desk-words/supervise-tr'),
  en: () => import('virtual:desk-words/supervise-en'),
  az: () => import('virtual:desk-words/supervise-az'),
};

/** Brings the words of supervisors' pages to the screen, in its language and whenever that changes. Resolves when the first are there. */
export async function loadSuperWords(): Promise<void> {
  await fetchWords(language.peek());
  effect(() => void fetchWords(language.value));
}

/** One text of supervisors' pages, with `{{name}}` filled in. `count` chooses the form `<key>_one` where the language has one. */
export function word(key: SuperKey, values: Record<string, string | number> = {}): string {
  const text = (values.count === 1 ? words.value[`${key}_one`] : undefined) ?? words.value[key] ?? '';
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));
}

/** The name of a code (`kind_sign_in`), or the code itself, or what else is given, where we have no word for it. */
export function nameOfCode(group: string, code: string, otherwise = code): string {
  return words.value[`${group}_${code.replaceAll(/[-.]/g, '_')}`] ?? otherwise;
}

async function fetchWords(code: Language): Promise<void> {
  const loaded = await files[code]();
  if (language.peek() === code) words.value = loaded.default;
}
