import path from 'node:path';
import { hasError, loadKnowledge } from '../src/kb/load.ts';
import { createSearch } from '../src/kb/search.ts';
import { shippedModels } from '../src/kb/trained.ts';

// Part of `prepare`: the shipped knowledge is trained at installation, so that the first start does not wait for it. A fault only costs that time.
const { knowledge, faults } = await loadKnowledge(path.join(import.meta.dirname, '../knowledge'));
if (hasError(faults)) console.warn('The knowledge has faults and was not trained; see: bin/destek kb check');
else await createSearch(knowledge, { cacheDir: shippedModels });
