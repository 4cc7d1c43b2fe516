import path from 'node:path';
import { ordinaryOf } from '../src/dialogue/ordinary.ts';
import { loadSignalRules } from '../src/dialogue/signal-rules.ts';
import { hasError, loadKnowledge } from '../src/kb/load.ts';
import { shippedModels } from '../src/kb/model-cache.ts';
import { createSearch } from '../src/kb/search.ts';

// Part of `prepare`: the shipped knowledge is trained at installation, so that the first start does not wait for it. A fault only costs that time.
const { knowledge, faults } = await loadKnowledge(path.join(import.meta.dirname, '../knowledge'));
if (hasError(faults)) console.warn('The knowledge has faults and was not trained; see: bin/destek kb check');
else {
  await createSearch(knowledge, { cacheDir: shippedModels });
  await loadSignalRules(ordinaryOf(knowledge), { cacheDir: shippedModels });
}
