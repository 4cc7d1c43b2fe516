// The same proof with ten thousand acts.
process.env.TEST_ACTS = '10000';
await import('./line.test.ts');

export {};
