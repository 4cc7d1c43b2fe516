import { parseArgs } from 'node:util';
import { checkKnowledge } from '../kb/check.ts';
import { faultLine } from '../kb/fault.ts';
import { loadKnowledge } from '../kb/load.ts';

/**
 * `destek kb check [DIR] [--strict]`: prints every fault of a knowledge folder (default `knowledge`) and a summary.
 * Resolves to the exit code: 1 with an error, with `--strict` also with a warning, 2 for wrong arguments, else 0.
 */
export async function kbCheck(argv: string[], print: (line: string) => void = console.log): Promise<number> {
  const args = readArgs(argv);
  if (typeof args === 'string') {
    print(`${args}\nUsage: destek kb check [DIR] [--strict]`);
    return 2;
  }
  const { dir, strict } = args;
  const loaded = await loadKnowledge(dir);
  const faults = await checkKnowledge(dir, loaded);
  for (const fault of faults) print(faultLine({ ...fault, file: fault.file && `${dir.replace(/\/+$/, '')}/${fault.file}` }));
  const errors = faults.filter(({ severity }) => severity === 'error').length;
  const { topics, languages } = loaded.knowledge;
  print(`${topics.size} topics in ${languages.join(', ')}: ${count(errors, 'error')}, ${count(faults.length - errors, 'warning')}`);
  return errors || (strict && faults.length) ? 1 : 0;
}

const count = (n: number, what: string) => `${n} ${what}${n === 1 ? '' : 's'}`;

function readArgs(argv: string[]): { dir: string; strict: boolean } | string {
  try {
    const { values, positionals } = parseArgs({ args: argv, allowPositionals: true, options: { strict: { type: 'boolean' } } });
    if (positionals.length > 1) return 'Name one folder.';
    return { dir: positionals[0] ?? 'knowledge', strict: values.strict ?? false };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
