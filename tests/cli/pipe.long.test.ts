import { execFile } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { topicFile } from '../kb/folder.ts';

test('whoever stops reading ends it without a word', async () => {
  const lines = '{"text":"selam"}\n'.repeat(2_000);
  const knowledge = await mkdtemp(path.join(os.tmpdir(), 'destek-pipe-'));
  await writeFile(path.join(knowledge, 'a.yaml'), topicFile());
  const child = execFile('sh', ['-c', `bin/destek match --knowledge ${knowledge} | head -1`], {
    env: { ...process.env, DATA_DIR: knowledge },
  });
  const ended = Promise.all([text(child.stdout as Readable), text(child.stderr as Readable)]);
  child.stdin?.on('error', () => undefined).end(lines);
  const [out, err] = await ended;
  expect(JSON.parse(out)).toMatchObject({ language: 'en' });
  expect(err).toBe('');
});
