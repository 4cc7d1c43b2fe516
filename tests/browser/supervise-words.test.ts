import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const read = (language: string): Record<string, string> =>
  JSON.parse(readFileSync(path.join(import.meta.dirname, `../../locales/${language}/supervise.json`), 'utf8'));
const values = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();

test.each(['tr', 'az'])("the words of supervisors' pages in %s: all of them, with the same values", (language) => {
  const [english, other] = [read('en'), read(language)];
  expect(Object.keys(other).sort()).toEqual(Object.keys(english).sort());
  for (const [key, text] of Object.entries(english)) {
    expect(other[key]?.trim(), key).toBeTruthy();
    if (!key.endsWith('_one')) expect(values(other[key] ?? ''), key).toEqual(values(text));
  }
});
