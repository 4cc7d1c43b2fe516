import { existsSync } from 'node:fs';
import path from 'node:path';
import { defineConfig } from 'vitest/config';

// Short: every commit (`npm test`). Long: kills, load, browsers (`npm run test:long`), files *.long.test.ts.
const long = process.env.DESTEK_TESTS === 'long';
const ending = long ? '.long.test.ts' : '.test.ts';

const common = {
  exclude: long ? [] : ['tests/**/*.long.test.ts'],
  // Forked processes, as many as a small machine has cores to spare: suites start servers of their own.
  pool: 'forks',
  // Loading the product takes seconds, so short suites follow one another in a process; each has an app and a database of its own.
  isolate: long,
  // Patience costs nothing where all is well, and a loaded machine is no fault of the code.
  testTimeout: long ? 300_000 : 30_000,
  expect: { poll: { timeout: 10_000 } },
  hookTimeout: long ? 120_000 : 60_000,
} as const;

// Whatever wakes, walks or waits in line runs on both backends of the queue, each on a real server.
const overTheQueue = ['walks/**/*', 'delivery/**/*', 'handoff/**/*', 'faults/**/*', 'bots/*/contract'].map(
  (which) => `tests/${which}${ending}`,
);
// DESTEK_QUEUE=redis: everything on Redis (`npm run test:redis`).
const allOnRedis = process.env.DESTEK_QUEUE === 'redis';
const redis = (process.env.PATH ?? '').split(path.delimiter).some((folder) => existsSync(path.join(folder, 'redis-server')));
if (!redis) {
  const missing =
    'redis-server is not installed: the suites over the queue run on PostgreSQL only. To run them on Redis too: apt-get install redis-server';
  if (process.env.CI) throw new Error(missing);
  console.warn(`skipped: ${missing}`);
}

export default defineConfig({
  test: {
    globalSetup: ['tests/setup/database.ts', 'tests/setup/trained.ts'],
    maxWorkers: long ? 1 : 2,
    fileParallelism: !long,
    teardownTimeout: 30_000,
    passWithNoTests: long,
    reporters: process.env.CI ? ['default', ['json', { outputFile: `.ci/out/${long ? 'long' : 'short'}.json` }]] : ['default'],
    projects: [
      ...(allOnRedis
        ? []
        : [
            {
              test: {
                ...common,
                name: 'postgres',
                include: [`tests/**/*${ending}`],
                exclude: [...common.exclude, `tests/**/*.redis${ending}`],
              },
            },
          ]),
      ...(redis
        ? [
            {
              test: {
                ...common,
                name: 'redis',
                include: allOnRedis ? [`tests/**/*${ending}`] : overTheQueue,
                globalSetup: ['tests/setup/redis.ts'],
              },
            },
          ]
        : []),
    ],
  },
});
