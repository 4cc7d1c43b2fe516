import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'vite';

/** Gives the launcher its four words per language out of locales/<language>/web.json, so that it need not fetch any. */
export function launcherWords(): Plugin {
  const locales = path.resolve(import.meta.dirname, '../../locales');
  const keys = ['launcher_open', 'launcher_close', 'launcher_unread', 'launcher_failed'];
  return {
    name: 'destek:launcher-words',
    resolveId: (id) => (id === 'virtual:launcher-words' ? `\0${id}` : undefined),
    load(id) {
      if (id !== '\0virtual:launcher-words') return undefined;
      const entries = readdirSync(locales, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name: language }) => {
          const words: Record<string, string> = JSON.parse(readFileSync(path.join(locales, language, 'web.json'), 'utf8'));
          return [language, keys.map((key) => words[key])];
        });
      return `export default ${JSON.stringify(Object.fromEntries(entries))};`;
    },
  };
}
