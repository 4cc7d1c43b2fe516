import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { openQueues } from '../../src/delivery/queues.ts';
import { createLog, type Log } from '../../src/log.ts';
import { openStore } from '../../src/store/connection.ts';
import { startEmbedded } from '../../src/store/embedded.ts';
import { migrate } from '../../src/store/migrate.ts';

declare module 'vitest' {
  interface ProvidedContext {
    databaseUrl: string;
    /** Name of a database with this version's tables, to be copied. */
    record: string;
  }
}

/** One real PostgreSQL for all suites; every app under test gets a database of its own in it. */
export default async function setup(project: TestProject) {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'destek-tests-'));
  // Passable for the database's own account, so that the data stays inside and goes with the folder.
  await chmod(dataDir, 0o711);
  const log = createLog('error');
  const server = await startEmbedded({ dataDir, log });
  project.provide('databaseUrl', server.url);
  project.provide('record', await makeRecord(server.url, log));
  return async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}

/** A database as a first start leaves it. Nobody stays connected: it could not be copied then. */
async function makeRecord(url: string, log: Log): Promise<string> {
  const name = 'record';
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`create database ${name}`);
  // Nobody crashes this server, so nobody needs to wait for its disk; the suites about crashes start their own.
  await client.query('alter role current_user set synchronous_commit = off');
  await client.end();
  const own = new URL(url);
  own.pathname = `/${name}`;
  const store = openStore(own.href, log, 1);
  await migrate(store);
  const queues = await openQueues({ databaseUrl: own.href, log });
  await queues.close();
  await store.close();
  return name;
}
