import { randomBytes } from 'node:crypto';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { Fault } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Db } from '../store/connection.ts';
import { requireFittingKey } from './key-fits.ts';

/**
 * SECRET_KEY, or the one kept in DATA_DIR/secret.key (0600), made at the first start. With `record` it must be the key of that record: another raises
 * `config.invalid`, and none is made for a record that is sealed already.
 */
export async function readSecretKey(given: string | undefined, dataDir: string, log: Log, record?: Db): Promise<string> {
  const file = path.join(dataDir, 'secret.key');
  const fits = (key: string, from: string) => record && requireFittingKey(record, key, from);
  if (given) {
    await fits(given, 'SECRET_KEY');
    return given;
  }
  const kept = (await readFile(file, 'utf8').catch(missing))?.trim();
  if (kept) {
    await fits(kept, `The key in ${file}`);
    return kept;
  }
  const made = randomBytes(32).toString('hex');
  await fits(made, `${file} is ${kept === '' ? 'empty' : 'gone'}, and a new one`);
  // What a full disk left of an earlier try.
  if (kept === '') await rm(file);
  await writeFile(file, `${made}\n`, { mode: 0o600, flag: 'wx' });
  log.warn({ file }, 'made a secret key: back this file up, without it sealed data cannot be read');
  return made;
}

/** Throws a Fault where others than the owner can read DATA_DIR/secret.key, for instance after a restore. */
export async function requireOwnKeyFile(dataDir: string): Promise<void> {
  const file = path.join(dataDir, 'secret.key');
  const found = await stat(file).catch(() => undefined);
  if (!found || process.platform === 'win32' || (found.mode & 0o077) === 0) return;
  throw new Fault('data-dir.unwritable', `${file} can be read by other accounts of this machine.`, `Run: chmod 600 ${file}`);
}

function missing(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined;
  throw new Fault(
    'data-dir.unwritable',
    `The secret key ${error.path} cannot be read (${error.code}).`,
    'Give the account that runs Destek the right to read it.',
  );
}
