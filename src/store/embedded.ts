import path from 'node:path';
import { Fault } from '../errors.ts';
import type { Log } from '../log.ts';
import { findBinaries } from './embedded-binaries.ts';
import { createCluster } from './embedded-cluster.ts';
import { type Guard, guardServer } from './embedded-guard.ts';
import { choosePlace } from './embedded-place.ts';
import { endPostmaster, findPostmaster } from './embedded-postmaster.ts';
import { raiseServer } from './embedded-raise.ts';

/** A running database of our own: its address with password, and how to end it. */
export interface Embedded {
  url: string;
  /** Fast shutdown; to be called last, when nothing uses the database any more. */
  stop(): Promise<void>;
}

/**
 * Brings up the PostgreSQL that npm installed, with its data in (or remembered by) `dataDir`, for this one process.
 * Ready in about two seconds the first time, less later; a server that a killed Destek left behind is taken over.
 * Throws a Fault: `data-dir.unwritable`, `data-dir.in-use` (another Destek has it) or `store.unavailable`, with the server's own words.
 */
export async function startEmbedded(options: { dataDir: string; log: Log }): Promise<Embedded> {
  const { log } = options;
  const place = await choosePlace(path.resolve(options.dataDir), log);
  const binaries = await findBinaries(place, log);
  await createCluster(place, binaries, log);
  const port = await raiseServer(place, binaries, log);
  const url = `postgres://destek:${place.state.password}@127.0.0.1:${port}/destek`;
  const guard = await guardServer(url, () => raiseServer(place, binaries, log, port), log).catch(explain);
  return { url, stop: () => stopServer(guard, place.folder, log) };

  function explain(error: unknown): never {
    if (error instanceof Fault) throw error;
    throw new Fault(
      'store.unavailable',
      `The embedded PostgreSQL in ${place.folder} runs, but does not let Destek in: ${error instanceof Error ? error.message : error}.`,
      'Stop it and start Destek again.',
    );
  }
}

async function stopServer(guard: Guard, folder: string, log: Log): Promise<void> {
  // Without the lock the server belongs to another Destek by now.
  if (!(await guard.release())) return;
  const running = await findPostmaster(folder);
  if (running) await endPostmaster(running, folder, log);
}
