import { effect, signal } from '@preact/signals';
import { type Language, language, languages, speak } from '../words.ts';
import { keep, recall } from './browser-store.ts';

export type Theme = 'system' | 'light' | 'dark';

interface Settings {
  theme: Theme;
  sound: boolean;
  /** Notices outside of the browser's window; on only after a click on it and the browser's permission. */
  desktop: boolean;
  /** Single-key shortcuts; off for people whose speech input would trigger them (WCAG 2.1.4). */
  keys: boolean;
  details: boolean;
  language?: Language;
}

/** What a person set in this browser. */
export const settings = signal<Settings>({
  theme: 'system',
  sound: true,
  desktop: false,
  keys: true,
  details: true,
  ...recall<Partial<Settings>>('settings'),
});

/** Changes some of the settings and keeps them. */
export function set(change: Partial<Settings>): void {
  settings.value = { ...settings.peek(), ...change };
  keep('settings', settings.peek());
}

/** Speaks another language and keeps it. */
export async function setLanguage(code: Language): Promise<void> {
  set({ language: code });
  await speak(code);
}

/** Shows language and colours as they are set, and follows the system where it is asked to. Resolves when the words are there. */
export async function applySettings(): Promise<void> {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const system = signal(dark.matches);
  dark.addEventListener('change', () => {
    system.value = dark.matches;
  });
  effect(() => {
    const { theme } = settings.value;
    document.documentElement.classList.toggle('dark', theme === 'dark' || (theme === 'system' && system.value));
  });
  const spoken = navigator.languages.map((code) => code.slice(0, 2));
  const wanted = settings.peek().language ?? spoken.find((code) => languages.some((each) => each.code === code)) ?? language.peek();
  await speak(wanted as Language);
}
