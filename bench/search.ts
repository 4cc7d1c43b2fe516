/**
 * `npm run bench:search [-- FOLDER] [-- --only=tr,growth,load]`: what we claim about the search, measured. FOLDER holds BANKING77 (train.csv, test.csv)
 * and CLINC150 (data_full.json) as they are published; without it the shipped knowledge alone is used, every fourth question held out.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadKnowledge } from '../src/kb/load.ts';
import { contest } from './search/contest.ts';
import { type Dataset, fewShot, readDatasets } from './search/dataset.ts';
import { growth } from './search/growth.ts';
import { loads } from './search/loads.ts';

const print = (line: string) => console.log(line);
const { knowledge } = await loadKnowledge(join(import.meta.dirname, '../knowledge'));
const { values, positionals } = parseArgs({ allowPositionals: true, options: { only: { type: 'string' } } });
const wanted = (part: string) => values.only === undefined || values.only.split(',').includes(part);
const [folder] = positionals;

if (folder && wanted('data'))
  for (const dataset of readDatasets(folder)) {
    await contest(fewShot(dataset, 10), print);
    await contest(dataset, print);
  }
for (const language of knowledge.languages) if (wanted(language)) await contest(heldOut(language), print);
if (wanted('load')) await loads(knowledge, print);
if (wanted('growth')) growth(knowledge, [80, 500, 2000], 10, print);

function heldOut(language: string): Dataset {
  const all = [...knowledge.topics.values()].flatMap(({ id, texts }) =>
    (texts[language]?.questions ?? []).map((text) => ({ text, label: id, language })),
  );
  const outside = knowledge.outOfScope?.[language] ?? [];
  return {
    name: `The shipped knowledge, ${language}`,
    train: all.filter((_, at) => at % 4 !== 2),
    test: all.filter((_, at) => at % 4 === 2),
    outside: { train: outside.filter((_, at) => at % 2 === 0), test: outside.filter((_, at) => at % 2 === 1) },
    lexicon: knowledge.lexicon,
  };
}
