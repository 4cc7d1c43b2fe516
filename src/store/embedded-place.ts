import { createHash, randomBytes } from 'node:crypto';
import { realpath, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { Fault } from '../errors.ts';
import type { Log } from '../log.ts';
import { findAccount } from './embedded-account.ts';
import { freePort } from './embedded-port.ts';
import { type Account, runAs } from './embedded-run.ts';
import { createState, type EmbeddedState, locateCluster, readState, updateState } from './embedded-state.ts';
import { makeFolder } from './make-folder.ts';

/** Where the embedded database lives and who runs it. */
export interface Place {
  dataDir: string;
  /** The cluster: PostgreSQL's own data directory. */
  folder: string;
  /** Where a copy of the binaries goes if one is needed; several Desteks may share it. */
  shelf: string;
  /** The account that the server runs as; undefined: ours. */
  account: Account | undefined;
  state: EmbeddedState;
  /** The cluster does not know the state's password (postgres.json was lost): it must be told. */
  forgotten: boolean;
}

/** What root puts where every account can reach it. */
const commonFolder = '/var/lib/destek';

/**
 * Decides, once for a DATA_DIR, where its database lives: inside, or, when Destek runs as root and the database's account cannot get there
 * (a 0700 home above it), in /var/lib/destek/<hash of DATA_DIR>. Later starts follow what was decided, whoever runs them.
 */
export async function choosePlace(dataDir: string, log: Log): Promise<Place> {
  const root = process.getuid?.() === 0;
  try {
    await makeFolder(dataDir, root ? 0o711 : 0o700);
    const known = await readState(dataDir);
    const password = randomBytes(24).toString('hex');
    let state = known ?? { folder: 'postgres', port: 0, password };
    let account = root ? await ownerOf(locateCluster(dataDir, state)) : undefined;
    if (root && !account) account = await findAccount(log);
    if (!known && account && !(await canEnter(account, dataDir))) state.folder = path.join(await outside(dataDir), 'postgres');
    const exists = await ownerOf(locateCluster(dataDir, state));
    if (!known) state = await createState(dataDir, { ...state, port: await freePort() });
    // Written at every start, so that a folder that cannot be written is found here and not by the server.
    else state = await updateState(dataDir, {});
    const folder = locateCluster(dataDir, state);
    const shelf = root ? commonFolder : dataDir;
    if (path.isAbsolute(state.folder)) {
      await makeFolder(path.dirname(folder), 0o755);
      // For whoever finds the folder and wonders whose it is.
      await writeFile(path.join(path.dirname(folder), 'data-dir'), `${dataDir}\n`);
      log.info({ dataDir, folder }, 'embedded PostgreSQL keeps its data outside DATA_DIR, which its account cannot enter: back up both');
    }
    if (!root) checkOwner(folder, exists);
    if (state.created && !exists) throw lost(dataDir, folder, state.created);
    return { dataDir, folder, shelf, account, state, forgotten: exists !== undefined && state.password === password };
  } catch (error) {
    throw explain(error, dataDir);
  }
}

/** The account that owns a folder; undefined where there is none. */
async function ownerOf(folder: string): Promise<Account | undefined> {
  const found = await stat(folder).catch(() => undefined);
  return found && { uid: found.uid, gid: found.gid };
}

async function canEnter(account: Account, folder: string): Promise<boolean> {
  // Asked of the system itself, as that account: mode bits alone would not know of ACLs and mounts.
  return (await runAs(account, '/bin/sh', ['-c', 'cd "$1"', 'sh', folder])).code === 0;
}

async function outside(dataDir: string): Promise<string> {
  const hash = createHash('sha256')
    .update(await realpath(dataDir))
    .digest('hex')
    .slice(0, 12);
  return path.join(commonFolder, hash);
}

function checkOwner(folder: string, owner: Account | undefined): void {
  if (!owner || owner.uid === process.getuid?.()) return;
  throw new Fault(
    'store.unavailable',
    `The database in ${folder} belongs to another account (uid ${owner.uid}).`,
    'Start Destek as root or as that account, as before.',
  );
}

function lost(dataDir: string, folder: string, created: string): Fault {
  return new Fault(
    'store.unavailable',
    `The database made on ${created.slice(0, 10)} is no longer in ${folder}.`,
    `Restore it from a backup, or delete ${path.join(dataDir, 'postgres.json')} to begin with an empty one.`,
  );
}

function explain(error: unknown, dataDir: string): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (error instanceof Fault || !code) return error;
  return new Fault(
    'data-dir.unwritable',
    `The data folder ${dataDir} cannot be written (${code}).`,
    'Make it writable for the account that runs Destek, or set DATA_DIR to another folder.',
  );
}
