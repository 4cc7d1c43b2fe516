import { randomBytes } from 'node:crypto';
import { link, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Fault } from '../errors.ts';

/** What DATA_DIR remembers of its database, in postgres.json (0600, because of the password). */
export interface EmbeddedState {
  /** Where the cluster is: relative to DATA_DIR, so that a moved or copied DATA_DIR works, or absolute where it had to go elsewhere. */
  folder: string;
  port: number;
  password: string;
  /** When the cluster was made; missing while it is not. */
  created?: string;
}

const fileOf = (dataDir: string) => path.join(dataDir, 'postgres.json');

/** The cluster's absolute path. */
export function locateCluster(dataDir: string, state: EmbeddedState): string {
  return path.resolve(dataDir, state.folder);
}

/** Reads the state; undefined before the first start. Throws a Fault when the file belongs to somebody else. */
export async function readState(dataDir: string): Promise<EmbeddedState | undefined> {
  try {
    return JSON.parse(await readFile(fileOf(dataDir), 'utf8'));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') return undefined;
    throw new Fault(
      'store.unavailable',
      `${fileOf(dataDir)}, which has the database's password, cannot be read (${code ?? 'not JSON'}).`,
      code ? 'Run Destek as the account that started it first.' : 'Delete it: Destek sets a new password and keeps the data.',
    );
  }
}

/** Keeps a new state unless there is one already, and returns the one that counts: two first starts at once agree on one password. */
export async function createState(dataDir: string, state: EmbeddedState): Promise<EmbeddedState> {
  const draft = await writeDraft(dataDir, state);
  try {
    // Unlike rename, link never replaces; unlike open('wx'), a reader never sees half a file.
    await link(draft, fileOf(dataDir));
    return state;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return (await readState(dataDir)) ?? state;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Changes some of the state and returns all of it. */
export async function updateState(dataDir: string, change: Partial<EmbeddedState>): Promise<EmbeddedState> {
  const state = { ...(await readState(dataDir)), ...change } as EmbeddedState;
  await rename(await writeDraft(dataDir, state), fileOf(dataDir));
  return state;
}

async function writeDraft(dataDir: string, state: EmbeddedState): Promise<string> {
  const draft = `${fileOf(dataDir)}.${randomBytes(4).toString('hex')}`;
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(`${JSON.stringify(state, null, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  return draft;
}
