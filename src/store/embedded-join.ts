import path from 'node:path';
import type { Log } from '../log.ts';
import { type Embedded, startEmbedded } from './embedded.ts';
import { findPostmaster } from './embedded-postmaster.ts';
import { locateCluster, readState } from './embedded-state.ts';

/**
 * The embedded database for a command such as `destek agent add`: the one that a running Destek has up (then `stop` leaves it alone),
 * else one started for as long as the command takes. Throws as startEmbedded does.
 */
export async function joinEmbedded(options: { dataDir: string; log: Log }): Promise<Embedded> {
  const dataDir = path.resolve(options.dataDir);
  const state = await readState(dataDir);
  const running = state && (await findPostmaster(locateCluster(dataDir, state)));
  if (!state || running?.status !== 'ready') return startEmbedded(options);
  return { url: `postgres://destek:${state.password}@127.0.0.1:${running.port}/destek`, stop: async () => {} };
}
