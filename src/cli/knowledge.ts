import path from 'node:path';
import { ordinaryOf } from '../dialogue/ordinary.ts';
import { loadSignalRules } from '../dialogue/signal-rules.ts';
import type { Known } from '../dialogue/understand.ts';
import { Fault } from '../errors.ts';
import { faultLine } from '../kb/fault.ts';
import { hasError, loadKnowledge } from '../kb/load.ts';
import { createSearch } from '../kb/search.ts';

/** The folder of the knowledge: --knowledge DIR, else KNOWLEDGE_DIR, else the one that is shipped. */
export function knowledgeDir(given: string | undefined): string {
  return given ?? folderOf('KNOWLEDGE_DIR', 'knowledge');
}

/** Loads and trains a knowledge for a command. The training is kept in DATA_DIR/cache. Throws a Fault that lists what is wrong with the folder. */
export async function loadKnown(dir: string): Promise<Known> {
  const { knowledge, faults } = await loadKnowledge(dir);
  if (hasError(faults))
    throw new Fault(
      'knowledge.invalid',
      `The knowledge in ${dir} has faults:\n${faults.map((fault) => `  ${faultLine(fault)}`).join('\n')}`,
    );
  const cacheDir = trainingDir();
  return {
    knowledge,
    rules: await loadSignalRules(ordinaryOf(knowledge), { cacheDir }),
    search: await createSearch(knowledge, { cacheDir }),
  };
}

/** Where a command keeps what it trained, so that the next one and the next start need not train again. */
export function trainingDir(): string {
  return path.join(folderOf('DATA_DIR', 'data'), 'cache');
}

/** As readConfig has it, without asking that all other settings be right: an empty value counts as unset. */
function folderOf(setting: string, own: string): string {
  const set = process.env[setting];
  return set?.trim() ? set : path.join(import.meta.dirname, '../..', own);
}
