import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Finding } from './rules.ts';

interface Entry {
  version?: string;
  resolved?: string;
  integrity?: string;
  optionalDependencies?: Record<string, string>;
}

/**
 * What `npm ci` needs to be the same everywhere: exact versions in package.json; in the lock file a checksum for each package, no host, and the
 * packages of all other platforms too (a registry that lags leaves them out without a word, and then `npm ci` fails).
 */
export function inspectLock(root: string): Finding[] {
  const read = (name: string) => JSON.parse(readFileSync(path.join(root, name), 'utf8'));
  const manifest: Record<string, Record<string, string> | undefined> = read('package.json');
  const packages: Record<string, Entry> = read('package-lock.json').packages;
  const found: Finding[] = [];
  for (const field of ['dependencies', 'devDependencies', 'optionalDependencies', 'overrides']) {
    for (const [name, version] of Object.entries(manifest[field] ?? {})) {
      if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)) add('package.json', 'exact-version', `${name} is pinned to no version: ${version}`);
    }
  }
  for (const [place, entry] of Object.entries(packages)) {
    if (entry.resolved) add('package-lock.json', 'lock-host', `${place} names a host`);
    if (place && !entry.integrity) add('package-lock.json', 'lock-integrity', `${place} has no checksum`);
    for (const name of Object.keys(entry.optionalDependencies ?? {})) {
      if (!locked(place, name)) add('package-lock.json', 'lock-complete', `${place} needs ${name} on some platform, which is not locked`);
    }
  }
  return found;

  /** As Node looks for it: beside, then in every folder above. */
  function locked(place: string, name: string): boolean {
    for (let folder = place; ; folder = folder.replace(/(^|\/)node_modules\/(@[^/]+\/)?[^/]+$/, '')) {
      if (packages[`${folder ? `${folder}/` : ''}node_modules/${name}`]) return true;
      if (!folder) return false;
    }
  }

  function add(file: string, rule: string, fault: string): void {
    found.push({ rule, file, line: 1, fault });
  }
}
