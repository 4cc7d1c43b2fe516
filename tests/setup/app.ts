import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { type App, startApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { newRedisDatabase } from './redis.ts';
import { smallKnowledge } from './small-knowledge.ts';

/** An app under test, with a database, a data folder and a copy of the knowledge of its own. */
export interface TestApp extends App {
  url: string;
  databaseUrl: string;
  redisUrl?: string;
  dataDir: string;
  knowledgeDir: string;
  /** One query on its database. */
  query<T extends object>(text: string, values?: unknown[]): Promise<T[]>;
  /** Stops it and starts another process's worth of it on the same database and port. */
  restart(): Promise<void>;
  /** Stops it and throws everything away. */
  end(): Promise<void>;
}

/** SECRET_KEY of apps under test. */
export const testSecret = 'a secret key for tests, nothing else at all';

/** A new, empty database on the suite's server. */
export function newDatabase(): Promise<string> {
  return createDatabase('template1');
}

/** A new database with this version's tables, and nothing in them. */
export function newRecord(): Promise<string> {
  return createDatabase(inject('record'));
}

async function createDatabase(template: string): Promise<string> {
  const url = new URL(inject('databaseUrl'));
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  await client.query(`create database ${name} template ${template}`);
  await client.end();
  url.pathname = `/${name}`;
  return url.href;
}

/** The settings of an app under test. */
export async function testEnv(over: Record<string, string> = {}): Promise<Record<string, string>> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'destek-app-'));
  // Provided in the project that runs on Redis only (vitest.config.ts).
  const redis = inject('redisUrl') as string | undefined;
  const knowledgeDir = path.join(dataDir, 'knowledge');
  await cp(over.KNOWLEDGE_DIR ?? smallKnowledge, knowledgeDir, { recursive: true });
  await cp(inject('trained'), path.join(dataDir, 'cache'), { recursive: true });
  return {
    DATABASE_URL: await newRecord(),
    SECRET_KEY: testSecret,
    DATA_DIR: dataDir,
    PORT: '0',
    LOG_LEVEL: process.env.TEST_LOG ?? 'silent',
    ...(redis ? { REDIS_URL: await newRedisDatabase(redis) } : {}),
    ...over,
    KNOWLEDGE_DIR: knowledgeDir,
  };
}

/** Starts the real app on real servers. */
export async function startTestApp(over: Record<string, string> = {}): Promise<TestApp> {
  const env = await testEnv(over);
  const start = () => startApp(readConfig(env), createLog(env.LOG_LEVEL));
  let running = await start();
  env.PORT = new URL(running.url ?? 'http://localhost:0').port;
  const pool = new pg.Pool({ connectionString: env.DATABASE_URL, max: 2 });
  pool.on('error', () => {});
  return {
    ...running,
    url: running.url ?? '',
    databaseUrl: env.DATABASE_URL as string,
    redisUrl: env.REDIS_URL,
    dataDir: env.DATA_DIR as string,
    knowledgeDir: env.KNOWLEDGE_DIR as string,
    query: async (text, values) => (await pool.query(text, values)).rows,
    stop: () => running.stop(),
    async restart() {
      await running.stop();
      running = await start();
    },
    async end() {
      await running.stop();
      await pool.end();
      await rm(env.DATA_DIR as string, { recursive: true, force: true });
    },
  };
}
