// The house's own rules: `node scripts/house/main.ts`. First every rule must find its fault in tests/house/bad.
import path from 'node:path';
import process from 'node:process';
import { inspectLock } from './lock.ts';
import { inspect, rules } from './rules.ts';
import { readSources } from './source.ts';

const house = path.resolve(import.meta.dirname, '../..');
const bad = path.join(house, 'tests/house/bad');

const seen = new Set([...inspect(readSources(bad), bad), ...inspectLock(path.join(bad, 'lock'))].map(({ rule }) => rule));
for (const rule of [...Object.keys(rules), 'exact-version', 'lock-host', 'lock-integrity', 'lock-complete']) {
  if (!seen.has(rule)) fail(`rule ${rule} is blind: it finds nothing in tests/house/bad`);
}

const sources = readSources(house);
if (sources.length === 0) fail('no sources found');
for (const { rule, file, line, fault } of [...inspect(sources, house), ...inspectLock(house)]) fail(`${file}:${line} ${fault} (${rule})`);

const sizes = sources
  .filter(({ name }) => name.startsWith('src/'))
  .map(({ lines }) => lines)
  .sort((a, b) => a - b);
const at = (share: number) => sizes[Math.min(sizes.length - 1, Math.floor(sizes.length * share))];
console.log(
  `src/: ${sizes.length} files, median ${at(0.5)} lines (aim 80), 90 % up to ${at(0.9)} (aim 200), longest ${sizes.at(-1)} (limit 300)`,
);

function fail(fault: string): void {
  console.log(fault);
  process.exitCode = 1;
}
