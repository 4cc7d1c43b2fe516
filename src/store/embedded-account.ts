import { setTimeout as sleep } from 'node:timers/promises';
import { Fault } from '../errors.ts';
import type { Log } from '../log.ts';
import { type Account, runAs } from './embedded-run.ts';

const name = 'destek-db';

/**
 * The account that PostgreSQL, which refuses to run as root, runs as when Destek is root: `destek-db`, made if missing.
 * Where none can be made (no useradd, read-only /etc) `nobody`, which other programs may share, hence the warning.
 */
export async function findAccount(log: Log): Promise<Account> {
  const known = await lookUp(name);
  if (known) return known;
  for (let attempt = 0; attempt < 4; attempt++) {
    const args = ['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent', '--shell', '/usr/sbin/nologin', name];
    const { code } = await runAs(undefined, 'useradd', args);
    const made = await lookUp(name);
    if (made) {
      if (code === 0) log.info({ account: name }, 'made a system account for embedded PostgreSQL, which may not run as root');
      return made;
    }
    if (code === undefined) break;
    // Another process may be holding the lock on /etc/passwd, perhaps to make the same account.
    await sleep(300);
  }
  const nobody = await lookUp('nobody');
  if (!nobody) {
    throw new Fault(
      'store.unavailable',
      `Embedded PostgreSQL may not run as root, and the account ${name} could not be made.`,
      'Run Destek as an ordinary account, or set DATABASE_URL.',
    );
  }
  log.warn({ account: 'nobody' }, `embedded PostgreSQL runs as nobody, because the account ${name} could not be made`);
  return nobody;
}

async function lookUp(account: string): Promise<Account | undefined> {
  const [uid, gid] = await Promise.all([runAs(undefined, 'id', ['-u', account]), runAs(undefined, 'id', ['-g', account])]);
  if (uid.code !== 0 || gid.code !== 0) return undefined;
  return { uid: Number(uid.output), gid: Number(gid.output) };
}
