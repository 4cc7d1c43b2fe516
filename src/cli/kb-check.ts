import path from 'node:path';
import { parseArgs } from 'node:util';
import { Fault } from '../errors.ts';
import { checkKnowledge } from '../kb/check.ts';
import { faultLine } from '../kb/fault.ts';
import { hasError, loadKnowledge } from '../kb/load.ts';
import { createSearch } from '../kb/search.ts';
import { knowledgeDir, trainingDir } from './knowledge.ts';

/**
 * `destek kb check [DIR] [--strict] [--quick]`: prints every fault of a knowledge folder (default: the one in use) and a summary.
 * Unless it is to be quick, or a file has an error, it also trains the search (kept in DATA_DIR/cache by content) and says which topics their own questions do not find.
 * Resolves to the exit code: 1 with an error, with `--strict` also with a warning, else 0.
 */
export async function kbCheck(argv: string[], print: (line: string) => void = console.log): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: { strict: { type: 'boolean' }, quick: { type: 'boolean' } },
  });
  if (positionals.length > 1) throw new Fault('call.wrong', 'Name one folder.');
  const { strict = false, quick = false } = values;
  const dir = knowledgeDir(positionals[0]);
  const loaded = await loadKnowledge(dir);
  const search = quick || hasError(loaded.faults) ? undefined : await createSearch(loaded.knowledge, { cacheDir: trainingDir() });
  const faults = await checkKnowledge(dir, loaded, search && { search });
  const shown = path.relative('', dir);
  for (const fault of faults) print(faultLine({ ...fault, file: fault.file && path.join(shown, fault.file) }));
  const errors = faults.filter(({ severity }) => severity === 'error').length;
  const { topics, languages } = loaded.knowledge;
  print(`${topics.size} topics in ${languages.join(', ')}: ${count(errors, 'error')}, ${count(faults.length - errors, 'warning')}`);
  return errors || (strict && faults.length) ? 1 : 0;
}

const count = (n: number, what: string) => `${n} ${what}${n === 1 ? '' : 's'}`;
