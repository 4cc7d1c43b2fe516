import words from 'virtual:launcher-words';

/** The few words of the launcher. */
export interface LauncherWords {
  open: string;
  close: string;
  unread: string;
  failed: string;
}

/** The launcher's words in a language; English where it has none of that. */
export function launcherWords(language: string): LauncherWords {
  const [open = '', close = '', unread = '', failed = ''] = words[language.slice(0, 2).toLowerCase()] ?? words['en'] ?? [];
  return { open, close, unread, failed };
}
