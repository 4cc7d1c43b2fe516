import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { matchText } from '../dialogue/match-line.ts';
import { knowledgeDir, loadKnown } from './knowledge.ts';

/** JSON lines `{"text": …}` in, one decision a line out, in order. A bad line gives `{"error": …}` in its place and exit code 1. */
export async function match(argv: string[], input: NodeJS.ReadableStream, output: NodeJS.WritableStream): Promise<number> {
  const { values } = parseArgs({ args: argv, options: { knowledge: { type: 'string' } } });
  const known = await loadKnown(knowledgeDir(values.knowledge));
  let code = 0;
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (!line.trim()) continue;
    const read = readText(line);
    if ('error' in read) code = 1;
    output.write(`${JSON.stringify('error' in read ? read : matchText(known, read.text))}\n`);
  }
  return code;
}

function readText(line: string): { text: string } | { error: string } {
  try {
    const given = JSON.parse(line) as { text?: unknown } | null;
    return typeof given?.text === 'string' ? { text: given.text } : { error: 'the line has no "text" that is a string' };
  } catch {
    return { error: 'the line is not JSON' };
  }
}
