import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'vite';

/** Which files of locales/<language>/ make the words of the desk, and which those of supervisors' pages. */
const parts: Record<string, RegExp> = { desk: /^desk(-[a-z]+)?\.json$/, supervise: /^(supervise|announce|audit)\.json$/ };
const prefix = 'virtual:desk-words/';

/** The desk's words of a language in one file, `virtual:desk-words/supervise-tr`: they are wanted together, and are smaller so than each apart. */
export function deskWords(): Plugin {
  const locales = path.resolve(import.meta.dirname, '../../locales');
  return {
    name: 'destek:desk-words',
    resolveId: (id) => (id.startsWith(prefix) ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith(`\0${prefix}`)) return undefined;
      const [part = '', language = ''] = id.slice(prefix.length + 1).split('-');
      const files = readdirSync(path.join(locales, language)).filter((file) => parts[part]?.test(file));
      const words = files.map((file) => JSON.parse(readFileSync(path.join(locales, language, file), 'utf8')));
      return `export default ${JSON.stringify(Object.assign({}, ...words))};`;
    },
  };
}
