import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

const dist = path.resolve(import.meta.dirname, '../../dist');

test('the desk loads at most 120 kB gzip, with all three languages', () => {
  const page = path.join(dist, 'desk/index.html');
  expect(existsSync(page), 'npm run build').toBe(true);
  const seen = new Set<string>();
  const weigh = (file: string): number => {
    if (seen.has(file) || !existsSync(file)) return 0;
    seen.add(file);
    const text = readFileSync(file, 'utf8');
    const others = [...text.matchAll(/[\w./-]*?([\w-]+-[\w-]{8}\.(?:js|css))/g)].map(([, name]) => path.join(dist, 'assets', name ?? ''));
    return gzipSync(text).length + others.map(weigh).reduce((sum, size) => sum + size, 0);
  };
  const total = weigh(page);
  expect(seen.size).toBeGreaterThanOrEqual(6);
  expect(total).toBeLessThanOrEqual(120_000);
});
