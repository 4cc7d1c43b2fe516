import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { Redis } from 'ioredis';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    redisUrl: string;
  }
}

/** A Redis of our own on a free loopback port, that nobody else uses. */
export interface PrivateRedis {
  url: string;
  stop(): Promise<void>;
}

/** Starts the machine's redis-server, on a free port unless one is named, with an empty folder, and as many databases as suites could want: each app under test takes one. */
export async function startRedis(settings: string[] = ['--maxmemory-policy', 'noeviction'], at?: number): Promise<PrivateRedis> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'destek-redis-'));
  for (;;) {
    const started = await tryRedis(folder, settings, at ?? (await freePort()));
    if (started) return started;
  }
}

/** Undefined where somebody else had the port first. */
async function tryRedis(folder: string, settings: string[], port: number): Promise<PrivateRedis | undefined> {
  const server = spawn(
    'redis-server',
    [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--dir',
      folder,
      '--save',
      '',
      '--appendonly',
      'no',
      '--databases',
      '4096',
      ...settings,
    ],
    { stdio: 'ignore' },
  );
  const ended = once(server, 'exit');
  const url = `redis://127.0.0.1:${port}`;
  const client = new Redis(url, { retryStrategy: () => 50, maxRetriesPerRequest: 100 });
  client.on('error', () => {});
  const said = await client.info('server').catch(() => '');
  client.disconnect();
  if (!said.includes(`process_id:${server.pid}\r`)) {
    server.kill('SIGKILL');
    await ended;
    return undefined;
  }
  return {
    url,
    async stop() {
      server.kill('SIGKILL');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A database of that server that no other suite has. */
export async function newRedisDatabase(url: string): Promise<string> {
  const client = new Redis(url);
  const number = await client.incr('databases');
  client.disconnect();
  return `${url}/${number}`;
}

/** One real Redis for all suites of the project that runs on it. */
export default async function setup(project: TestProject) {
  const redis = await startRedis();
  project.provide('redisUrl', redis.url);
  return () => redis.stop();
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
