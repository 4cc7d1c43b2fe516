import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const read = (language: string, part: string): Record<string, string> =>
  JSON.parse(readFileSync(path.join(import.meta.dirname, `../../locales/${language}/${part}.json`), 'utf8'));
const values = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();

test("no two parts of the words of supervisors' pages have the same key", () => {
  const keys = ['supervise', 'announce', 'audit'].flatMap((part) => Object.keys(read('en', part)));
  expect(keys.filter((key, n) => keys.indexOf(key) !== n)).toEqual([]);
});

const parts = ['supervise', 'announce', 'audit'].flatMap((part) => ['tr', 'az'].map((language) => [part, language] as const));

test.each(parts)("the words of supervisors' pages, %s in %s: all of them, with the same values", (part, language) => {
  const [english, other] = [read('en', part), read(language, part)];
  expect(Object.keys(other).sort()).toEqual(Object.keys(english).sort());
  for (const [key, text] of Object.entries(english)) {
    expect(other[key]?.trim(), key).toBeTruthy();
    if (!key.endsWith('_one')) expect(values(other[key] ?? ''), key).toEqual(values(text));
  }
});
