import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A knowledge folder with these files for the time of one test. */
export async function folder(files: Record<string, string | Uint8Array>): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'destek-kb-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  await put(dir, files);
  return dir;
}

/** Writes files into a folder. */
export async function put(dir: string, files: Record<string, string | Uint8Array>): Promise<void> {
  for (const [file, content] of Object.entries(files)) {
    await mkdir(dirname(join(dir, file)), { recursive: true });
    await writeFile(join(dir, file), content);
  }
}

/** A valid topic file in English with the given extra lines at its top and the given answer. */
export function topicFile(head = '', answer = 'Wait an hour.', questions: string[] = ['how long', 'when']): string {
  const list = questions.map((question) => `    - ${JSON.stringify(question)}`).join('\n');
  const text = answer.replaceAll('\n', '\n    ');
  return `department: finance\npolicy: answer\n${head}${head && '\n'}en:\n  title: Time\n  questions:\n${list}\n  answer: |\n    ${text}\n`;
}
