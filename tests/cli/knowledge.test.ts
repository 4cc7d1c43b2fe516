import path from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { knowledgeDir, trainingDir } from '../../src/cli/knowledge.ts';

afterEach(() => vi.unstubAllEnvs());

test.each(['', ' '])('KNOWLEDGE_DIR and DATA_DIR set to “%s” count as unset for commands too, as they do for the start', (empty) => {
  vi.stubEnv('KNOWLEDGE_DIR', empty);
  vi.stubEnv('DATA_DIR', empty);
  expect([knowledgeDir(undefined), trainingDir()]).toEqual([path.resolve('knowledge'), path.resolve('data/cache')]);
});

test('a folder that is named goes first', () => {
  vi.stubEnv('KNOWLEDGE_DIR', '/shop');
  vi.stubEnv('DATA_DIR', '/srv');
  expect([knowledgeDir(undefined), knowledgeDir('/other'), trainingDir()]).toEqual(['/shop', '/other', '/srv/cache']);
});
