import { describe, expect, test } from 'vitest';
import { kbCheck } from '../../src/cli/kb-check.ts';
import { folder, topicFile } from '../kb/folder.ts';

async function run(...argv: string[]) {
  const lines: string[] = [];
  const code = await kbCheck(argv, (line) => lines.push(line));
  return { code, lines };
}

describe('destek kb check', () => {
  test('prints faults with their path, counts them, and fails on errors', async () => {
    const dir = await folder({ 'a.yaml': 'department: [', 'b.yaml': topicFile() });
    const { code, lines } = await run(dir);
    expect(code).toBe(1);
    expect(lines[0]).toMatch(/^\S+\/a\.yaml:\d+:\d+ error: /);
    expect(lines.at(-1)).toBe('1 topics in en: 1 error, 1 warning');
  });

  test('lets warnings pass unless it is told to be strict', async () => {
    const dir = await folder({ 'b.yaml': topicFile() });
    expect((await run(dir, '--quick')).code).toBe(0);
    expect((await run(dir, '--strict', '--quick')).code).toBe(1);
  });

  test('refuses what it does not know', async () => {
    await expect(run('--all')).rejects.toThrow('--all');
    await expect(run('a', 'b')).rejects.toThrow('Name one folder');
  });

  test('asks the search for topics that their own questions do not find', async () => {
    const dir = await folder({
      'a.yaml': topicFile('', 'x', ['lost my card', 'card gone']),
      'b.yaml': topicFile('', 'x', ['refund when', 'money back']),
    });
    const { lines } = await run(dir);
    expect(lines.filter((line) => line.includes('not-found'))).toEqual([]);
  });

  test('the shipped knowledge has no error', async () => {
    const { lines } = await run('knowledge', '--quick');
    expect(lines.filter((line) => line.includes(' error: '))).toEqual([]);
  });
});
