import { existsSync, readFileSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Fault } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Binaries } from './embedded-binaries.ts';
import type { Place } from './embedded-place.ts';
import { freePort } from './embedded-port.ts';
import { endPostmaster, findPostmaster, launchPostmaster } from './embedded-postmaster.ts';
import { serverSettings } from './embedded-settings.ts';
import { updateState } from './embedded-state.ts';

/** Recovery after a crash may take a while; a server that says nothing for this long is taken for stuck. */
const startLimit = 120_000;
/** For how long we try again: backends of a killed server need a moment to go. */
const retryLimit = 30_000;
const logLimit = 1_000_000;

/**
 * Makes sure that a server runs on the cluster and returns its port: takes over one that already does, else starts one.
 * A port that is taken is replaced, unless `fixedPort` is given (others already know it). PostgreSQL's own lock decides between two processes.
 */
export async function raiseServer(place: Place, binaries: Binaries, log: Log, fixedPort?: number): Promise<number> {
  const logFile = path.join(place.dataDir, 'postgres.log');
  const deadline = Date.now() + retryLimit;
  let words: string | undefined;
  while (Date.now() < deadline) {
    const found = await awaitReady(place.folder, log);
    if (found) {
      log.info({ pid: found.pid, port: found.port }, 'embedded PostgreSQL: found its server running');
      return found.port;
    }
    words = await launch(place, binaries, logFile);
    if (words === '') return place.state.port;
    if (/Address already in use|could not create any TCP/.test(words)) {
      if (fixedPort) throw new Fault('port.in-use', `Port ${fixedPort} of the embedded PostgreSQL is taken.`);
      place.state = await updateState(place.dataDir, { port: await freePort() });
      log.info({ port: place.state.port }, 'embedded PostgreSQL: its port was taken, chose another');
    } else if (/"postmaster.pid" already exists|still in use/.test(words)) {
      await sleep(250);
    } else break;
  }
  const full = /No space left|Disk quota/i.test(words ?? '') ? 'Make room on that disk. ' : '';
  throw new Fault('store.unavailable', `Embedded PostgreSQL does not start: ${words}`, `\n${full}Its log is ${logFile}.`);
}

/** Starts a server and waits for it. Returns an empty string when it is ready, else its last words. */
async function launch(place: Place, binaries: Binaries, logFile: string): Promise<string> {
  if (existsSync(logFile) && statSync(logFile).size > logLimit) renameSync(logFile, `${logFile}.1`);
  const before = existsSync(logFile) ? statSync(logFile).size : 0;
  let ended = false;
  const pid = launchPostmaster(
    { ...binaries, folder: place.folder, port: place.state.port, account: place.account, settings: serverSettings, logFile },
    () => (ended = true),
  );
  const deadline = Date.now() + startLimit;
  while (!ended && Date.now() < deadline) {
    const running = await findPostmaster(place.folder);
    if (running?.pid === pid && running.status === 'ready') return '';
    await sleep(20);
  }
  const words = readFileSync(logFile).subarray(before).toString('utf8').trim();
  return words.split('\n').slice(-12).join('\n') || 'it said nothing';
}

/** The server that already runs, once it is ready; one that is stopping is waited for, one that is stuck is ended. */
async function awaitReady(folder: string, log: Log) {
  const deadline = Date.now() + startLimit;
  for (;;) {
    const running = await findPostmaster(folder);
    if (!running || running.status === 'ready') return running;
    if (Date.now() > deadline) {
      log.warn({ pid: running.pid, status: running.status }, 'embedded PostgreSQL: a server left behind is stuck');
      await endPostmaster(running, folder, log);
      return undefined;
    }
    await sleep(50);
  }
}
