import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const locales = path.join(import.meta.dirname, '../../locales');
const parts = (language: string) =>
  readdirSync(path.join(locales, language))
    .filter((file) => /^desk(-[a-z]+)?\.json$/.test(file))
    .map((file): Record<string, string> => JSON.parse(readFileSync(path.join(locales, language, file), 'utf8')));
const read = (language: string): Record<string, string> => Object.assign({}, ...parts(language));

test('no two parts of the words have the same key', () => {
  const keys = parts('en').flatMap((part) => Object.keys(part));
  expect(keys.filter((key, n) => keys.indexOf(key) !== n)).toEqual([]);
});
const values = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();

test.each(['tr', 'az'])("the desk's words in %s: all of them, with the same values", (language) => {
  const [english, other] = [read('en'), read(language)];
  expect(Object.keys(other).sort()).toEqual(Object.keys(english).sort());
  for (const [key, text] of Object.entries(english)) {
    expect(other[key]?.trim(), key).toBeTruthy();
    if (!key.endsWith('_one')) expect(values(other[key] ?? ''), key).toEqual(values(text));
  }
  expect(other['months']?.split(' ')).toHaveLength(12);
});
