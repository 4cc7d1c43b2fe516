import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { createLog } from '../../src/log.ts';
import { startEmbedded } from '../../src/store/embedded.ts';

declare module 'vitest' {
  interface ProvidedContext {
    databaseUrl: string;
  }
}

/** One real PostgreSQL for all suites; every app under test gets a database of its own in it. */
export default async function setup(project: TestProject) {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'destek-tests-'));
  // Passable for the database's own account, so that the data stays inside and goes with the folder.
  await chmod(dataDir, 0o711);
  const server = await startEmbedded({ dataDir, log: createLog('error') });
  project.provide('databaseUrl', server.url);
  return async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}
