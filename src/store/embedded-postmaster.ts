import { execFileSync, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../log.ts';
import { type Account, plainEnv } from './embedded-run.ts';

/** PostgreSQL's main process, as its postmaster.pid describes it. */
export interface Postmaster {
  pid: number;
  port: number;
  status: 'starting' | 'ready' | 'stopping';
}

/** The server that runs on a cluster, if one does. A postmaster.pid whose process is gone or is another program (the machine crashed) is removed. */
export async function findPostmaster(folder: string): Promise<Postmaster | undefined> {
  const file = path.join(folder, 'postmaster.pid');
  let lines: string[];
  try {
    lines = readFileSync(file, 'utf8').split('\n');
  } catch {
    return undefined;
  }
  const pid = Number(lines[0]);
  // A file still being written: the process that writes it is starting.
  if (!pid) return undefined;
  if (!isPostmaster(pid, folder)) {
    // PostgreSQL would refuse to start if that number now belongs to another process of the same account.
    rmSync(file, { force: true });
    return undefined;
  }
  const status = lines[7]?.trim();
  return { pid, port: Number(lines[3]), status: status === 'ready' || status === 'stopping' ? status : 'starting' };
}

/** True when the process is a server of that very cluster: numbers are used again, and a copied folder brings a copied postmaster.pid. */
function isPostmaster(pid: number, folder: string): boolean {
  try {
    if (process.platform !== 'linux') {
      return execFileSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8', stdio: 'pipe' }).includes(`-D ${folder} `);
    }
    // Its current folder is the cluster, also when somebody started it by hand; in a container root may not ask for that.
    if (readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`\0-D\0${folder}\0`)) return true;
    return readlinkSync(`/proc/${pid}/cwd`) === folder;
  } catch {
    return false;
  }
}

/** Starts a server in a process group of its own, so that Ctrl-C in the terminal reaches Destek only. Its words go to `logFile`. */
export function launchPostmaster(
  options: {
    postgres: string;
    folder: string;
    port: number;
    account: Account | undefined;
    settings: Record<string, string>;
    logFile: string;
  },
  onExit: () => void,
): number {
  const args = ['-D', options.folder, '-p', String(options.port)];
  for (const [name, value] of Object.entries(options.settings)) args.push('-c', `${name}=${value}`);
  // Opened by us: the server's account need not reach it.
  const output = openSync(options.logFile, 'a', 0o600);
  try {
    const child = spawn(options.postgres, args, {
      ...options.account,
      cwd: '/',
      env: plainEnv,
      detached: true,
      stdio: ['ignore', output, output],
    });
    child.on('error', onExit);
    child.on('exit', onExit);
    child.unref();
    return child.pid ?? 0;
  } finally {
    closeSync(output);
  }
}

/** Ends a server: fast shutdown (open transactions are rolled back), after 20 s an immediate one, which the next start recovers from. */
export async function endPostmaster({ pid }: Postmaster, folder: string, log: Log): Promise<void> {
  for (const [signal, patience] of [
    ['SIGINT', 20_000],
    ['SIGQUIT', 8000],
  ] as const) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    const deadline = Date.now() + patience;
    while (Date.now() < deadline) {
      if (!isPostmaster(pid, folder)) return;
      await sleep(25);
    }
    log.warn({ pid, signal }, 'embedded PostgreSQL does not stop');
  }
}
