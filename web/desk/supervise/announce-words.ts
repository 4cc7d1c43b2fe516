import { effect, signal } from '@preact/signals';
import type english from '../../../locales/en/announce.json';
import { type Language, language } from '../words.ts';

export type AnnounceKey = keyof typeof english;

const words = signal<Partial<Record<string, string>>>({});
const files = import.meta.glob<Record<string, string>>('../../../locales/*/announce.json', { import: 'default' });

/** Brings the words of announcements and notices to the screen, in its language and whenever that changes. */
export async function loadAnnounceWords(): Promise<void> {
  await fetchWords(language.peek());
  effect(() => void fetchWords(language.value));
}

/** One text of these pages, with `{{name}}` filled in. `count` chooses the form `<key>_one` where the language has one. */
export function telling(key: AnnounceKey, values: Record<string, string | number> = {}): string {
  const text = (values.count === 1 ? words.value[`${key}_one`] : undefined) ?? words.value[key] ?? '';
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));
}

/** Why a place was not reached, or the code itself where we have no word for it. */
export function whyFailed(code: string): string {
  return words.value[`failure_${code.replaceAll(/[-.]/g, '_')}`] ?? code;
}

async function fetchWords(code: Language): Promise<void> {
  const loaded = await files[`../../../locales/${code}/announce.json`]?.();
  if (loaded && language.peek() === code) words.value = loaded;
}
