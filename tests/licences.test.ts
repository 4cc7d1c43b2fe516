import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const house = path.join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(path.join(house, file), 'utf8');

test('whatever runs is under a licence that THIRD-PARTY.md names', () => {
  const named = new Set(/^`MIT`.*$/m.exec(read('THIRD-PARTY.md'))?.[0].match(/[\w.-]{3,}/g));
  expect(named.size).toBeGreaterThan(5);
  const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, { license?: unknown; dev?: boolean }> };
  const others = Object.entries(packages).filter(([folder, { license, dev }]) => {
    if (folder === '' || dev || typeof license !== 'string') return false;
    // A choice needs one of them, a sum all.
    const parts = license.replace(/[()]/g, '').split(/ AND /i);
    return !parts.every((part) => part.split(/ OR /i).some((each) => named.has(each)));
  });
  expect(others.map(([folder, { license }]) => `${folder}: ${license}`)).toEqual([]);
});
