import { defineConfig } from 'vitest/config';

// Short: every commit (`npm test`). Long: kills, load, browsers (`npm run test:long`), files *.long.test.ts.
const long = process.env.DESTEK_TESTS === 'long';

export default defineConfig({
  test: {
    include: [long ? 'tests/**/*.long.test.ts' : 'tests/**/*.test.ts'],
    exclude: long ? [] : ['tests/**/*.long.test.ts'],
    globalSetup: ['tests/setup/database.ts'],
    // Forked processes, as many as a small machine has cores to spare: suites start servers of their own.
    pool: 'forks',
    maxWorkers: long ? 1 : 2,
    fileParallelism: !long,
    testTimeout: long ? 300_000 : 15_000,
    hookTimeout: long ? 120_000 : 60_000,
    teardownTimeout: 30_000,
    passWithNoTests: long,
    reporters: process.env.CI ? ['default', ['json', { outputFile: `.ci/out/${long ? 'long' : 'short'}.json` }]] : ['default'],
  },
});
