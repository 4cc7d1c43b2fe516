import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import i18next from 'i18next';

/** A sentence of the product in a language: `words('tr', 'bot:greeting', { name })`. An unknown language falls back to English. */
export type Words = (language: string, key: string, values?: Record<string, unknown>) => string;

/** Loads locales/<language>/<namespace>.json once, at start. */
export function loadWords(dir = path.join(import.meta.dirname, '../locales')): Words {
  const languages = readdirSync(dir, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const resources = Object.fromEntries(languages.map(({ name }) => [name, namespaces(path.join(dir, name))]));
  const i18n = i18next.createInstance();
  // Values are put in as they are: every place that shows text escapes it.
  i18n.init({ resources, fallbackLng: 'en', ns: Object.keys(resources.en ?? {}), interpolation: { escapeValue: false }, initAsync: false });
  // A sentence without values is always the same.
  const fixed = new Map<string, string>();
  return (language, key, values) => {
    if (values) return i18n.t(key, { lng: language, ...values });
    const place = `${language} ${key}`;
    const said = fixed.get(place) ?? i18n.t(key, { lng: language });
    fixed.set(place, said);
    return said;
  };
}

function namespaces(dir: string): Record<string, object> {
  const files = readdirSync(dir).filter((file) => file.endsWith('.json'));
  return Object.fromEntries(files.map((file) => [file.slice(0, -5), JSON.parse(readFileSync(path.join(dir, file), 'utf8'))]));
}
