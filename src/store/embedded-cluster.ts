import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Fault } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Binaries } from './embedded-binaries.ts';
import type { Place } from './embedded-place.ts';
import { findPostmaster } from './embedded-postmaster.ts';
import { runAs } from './embedded-run.ts';
import { updateState } from './embedded-state.ts';

/**
 * Makes the cluster if there is none: UTF8 with PostgreSQL's own C.UTF-8 (the same on every machine, whatever LANG says), checksums,
 * scram-sha-256, and a role and database `destek`. The role is no superuser (it may make databases); the superuser has no password, so nobody
 * comes in as one. Built beside its place and renamed when whole, so that a kill half-way leaves nothing that looks like a database.
 */
export async function createCluster(place: Place, binaries: Binaries, log: Log): Promise<void> {
  const there = await stat(place.folder).catch(() => undefined);
  if (there) {
    // A restored copy is often open to others, and PostgreSQL then refuses to start.
    if ((there.mode & 0o027) !== 0) await chmod(place.folder, 0o700);
    if (place.forgotten) await resetPassword(place, binaries, log);
  } else {
    await sweepDrafts(place.folder);
    const started = Date.now();
    const draft = `${place.folder}.draft-${randomBytes(4).toString('hex')}`;
    try {
      await build(place, binaries, draft);
      await publish(draft, place.folder);
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
    log.info({ folder: place.folder, ms: Date.now() - started }, 'embedded PostgreSQL: new database made');
    if (await stat(path.join(place.dataDir, 'secret.key')).catch(() => undefined))
      log.warn(
        { folder: place.folder },
        'this database is new and empty, but a secret.key was there: was the database left out of a restore?',
      );
  }
  if (!place.state.created) place.state = await updateState(place.dataDir, { created: new Date().toISOString() });
}

async function build(place: Place, binaries: Binaries, draft: string): Promise<void> {
  await mkdir(draft, { mode: 0o700 });
  if (place.account) await chown(draft, place.account.uid, place.account.gid);
  const locale = ['--encoding=UTF8', '--no-locale', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const access = ['--username=postgres', '--auth-local=reject', '--auth-host=scram-sha-256'];
  const { code, output } = await runAs(place.account, binaries.initdb, [`--pgdata=${draft}`, ...locale, ...access, '--no-instructions']);
  if (code !== 0) throw fault('initdb', output);
  const role = `CREATE ROLE destek LOGIN CREATEDB PASSWORD '${place.state.password}'`;
  await tell(place, binaries, draft, [role, 'CREATE DATABASE destek OWNER destek']);
}

async function resetPassword(place: Place, binaries: Binaries, log: Log): Promise<void> {
  const running = await findPostmaster(place.folder);
  if (running) {
    throw new Fault(
      'data-dir.in-use',
      `The database in ${place.folder} runs (process ${running.pid}), but its password, in postgres.json, is lost.`,
      'Stop the Destek that uses it, then start again: a new password is set and the data kept.',
    );
  }
  await tell(place, binaries, place.folder, [`ALTER ROLE destek PASSWORD '${place.state.password}'`]);
  log.warn({ folder: place.folder }, 'embedded PostgreSQL: postgres.json was missing, so the database found here has a new password');
}

/** Says something to a cluster that nobody serves yet: the single-user mode needs no port and no password. */
async function tell(place: Place, binaries: Binaries, folder: string, statements: string[]): Promise<void> {
  const args = ['--single', '-D', folder, '-c', 'log_min_messages=error', '-c', 'log_checkpoints=off', '-j', 'postgres'];
  const { code, output } = await runAs(place.account, binaries.postgres, args, statements.map((each) => `${each};\n\n`).join(''));
  if (code !== 0 || /ERROR|FATAL|PANIC/.test(output)) throw fault('postgres --single', output.replaceAll(place.state.password, '…'));
}

async function publish(draft: string, folder: string): Promise<void> {
  try {
    await rename(draft, folder);
  } catch (error) {
    // Another process made it first: both are empty and have the same password.
    if (!['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
  const parent = await open(path.dirname(folder));
  await parent.sync().finally(() => parent.close());
}

/** Removes what kills during earlier first starts left. An hour old, because another process may be building right now. */
async function sweepDrafts(folder: string): Promise<void> {
  for (const name of await readdir(path.dirname(folder))) {
    const file = path.join(path.dirname(folder), name);
    if (!name.startsWith(`${path.basename(folder)}.draft-`)) continue;
    const found = await stat(file).catch(() => undefined);
    if (found && Date.now() - found.mtimeMs > 3_600_000) await rm(file, { recursive: true, force: true });
  }
}

function fault(program: string, output: string): Fault {
  const said = output.split('\n').slice(-12).join('\n').trimEnd();
  const full = /No space left|free disk space|Disk quota/i.test(output);
  const remedy = full
    ? 'Make room on the disk of the data folder (about 50 MB), or set DATA_DIR to another.'
    : 'Mend what it says and start again.';
  return new Fault('store.unavailable', `${program} could not make the database: ${said}`, `\n${remedy}`);
}
