import { signal } from '@preact/signals';
import type english from '../../locales/en/web.json';

/** The widget's own words of one language, from locales/<language>/web.json. */
export type Words = typeof english;

// Addresses, not modules: browsers remember that a module could not be fetched, a file may be fetched again.
const files = import.meta.glob<string>('../../locales/*/web.json', { import: 'default', query: '?url', eager: true });

/** The words on the screen; undefined until the first language has come. */
export const words = signal<Words | undefined>(undefined);
/** Code of the language on the screen. */
export const language = signal('en');

/** One text in the language of the screen, with `{{name}}` filled in; empty until a language has come. */
export function say(key: keyof Words, values: Record<string, string | number> = {}): string {
  const text = words.value?.[key] ?? '';
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));
}

/** Brings a language to the screen; one without words of its own keeps what is there, or English. */
export async function speak(code: string): Promise<void> {
  const file = fileOf(code) ?? (words.peek() ? undefined : fileOf('en'));
  wanted = code;
  if (!file) return;
  const loaded = await fetch(file, { credentials: 'omit' })
    .then((answer) => (answer.ok ? (answer.json() as Promise<Words>) : undefined))
    .catch(() => undefined);
  // Somebody may have chosen again meanwhile.
  if (wanted !== code) return;
  if (!loaded) {
    setTimeout(() => wanted === code && void speak(code), 3_000);
    return;
  }
  words.value = loaded;
  language.value = fileOf(code) ? code : 'en';
}

/** True where the widget has words in a language. */
export function speaks(code: string): boolean {
  return fileOf(code) !== undefined;
}

let wanted = '';

function fileOf(code: string): string | undefined {
  return files[`../../locales/${code.slice(0, 2).toLowerCase()}/web.json`];
}
