import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { helps } from '../../src/cli/help.ts';

const house = path.join(import.meta.dirname, '../..');
const pages = [...readdirSync(house), ...readdirSync(path.join(house, 'docs')).map((name) => `docs/${name}`)].filter((name) =>
  name.endsWith('.md'),
);
const read = (page: string) => readFileSync(path.join(house, page), 'utf8');

/** What a heading is called in an address, as forges do it. */
const anchors = (page: string) =>
  [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  );

test('every link of the documents leads to a file that is there, and to a heading of it', () => {
  const broken: string[] = [];
  for (const page of pages)
    for (const [, target = ''] of read(page)
      .replace(/```[\s\S]*?```/g, '')
      .matchAll(/\]\((?!\w+:)([^)\s]+)\)/g)) {
      const [file = '', anchor] = target.split('#');
      const there = file ? path.join(path.dirname(page), file) : page;
      const found = existsSync(path.join(house, there)) && (!anchor || anchors(there).includes(anchor));
      if (!found) broken.push(`${page}: ${target}`);
    }
  expect(pages.length).toBeGreaterThan(9);
  expect(broken).toEqual([]);
});

test('every npm script and every command of bin/destek that the documents name exists', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const texts = pages.map(read).join('\n');
  const named = [...texts.matchAll(/npm run ([a-z:-]+)/g)].map(([, name = '']) => name);
  expect(named.filter((name) => !scripts[name])).toEqual([]);
  const commands = new Set(Object.keys(helps).map((name) => name.split(' ')[0]));
  const called = [...texts.matchAll(/bin\/destek ([a-z][a-z-]+)/g)].map(([, name = '']) => name);
  expect(called.length).toBeGreaterThan(20);
  expect(called.filter((name) => !commands.has(name))).toEqual([]);
});

test('every setting has a line in .env.example, and every line there is a setting', () => {
  const example = read('.env.example');
  const lines = [...example.matchAll(/^#([A-Z][A-Z0-9_]+)=/gm)].map(([, name = '']) => name);
  const settings = [...read('src/config.ts').matchAll(/^ {2}([A-Z][A-Z0-9_]+): /gm)].map(([, name = '']) => name);
  expect(settings.length).toBeGreaterThan(30);
  expect([...lines].sort()).toEqual([...settings].sort());
});
