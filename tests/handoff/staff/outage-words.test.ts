import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { outage } from '../../../src/store/schema.ts';

const read = (language: string, part: string) =>
  JSON.parse(readFileSync(path.join(import.meta.dirname, `../../../locales/${language}/${part}.json`), 'utf8')) as Record<string, string>;

test.each(['tr', 'en', 'az'])('every way in which a channel is out is said in words, outside of the desk and in it (%s)', (language) => {
  for (const code of outage.code.enumValues) {
    expect(read(language, 'outage')[code]).toMatch(/\{\{channel\}\}.*\{\{source\}\}/);
    expect(read(language, 'desk-troubles')[`trouble_${code}`]).toMatch(/\{\{channel\}\}.*\{\{name\}\}/);
  }
});
