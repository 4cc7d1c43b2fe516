import { effect, signal } from '@preact/signals';
import type english from '../../../locales/en/supervise.json';
import { type Language, language } from '../words.ts';

export type SuperKey = keyof typeof english;

const words = signal<Partial<Record<string, string>>>({});
const files = import.meta.glob<Record<string, string>>('../../../locales/*/supervise.json', { import: 'default' });

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

/** The name of a code (`kind_sign_in`), or the code itself where we have no word for it. */
export function nameOfCode(group: string, code: string): string {
  return words.value[`${group}_${code.replaceAll(/[-.]/g, '_')}`] ?? code;
}

async function fetchWords(code: Language): Promise<void> {
  const loaded = await files[`../../../locales/${code}/supervise.json`]?.();
  if (loaded && language.peek() === code) words.value = loaded;
}
