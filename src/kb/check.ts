import { isAllowed } from './check/allowed.ts';
import { dates } from './check/dates.ts';
import { departments } from './check/departments.ts';
import { facts } from './check/facts.ts';
import { found } from './check/found.ts';
import { languages } from './check/languages.ts';
import { lengths } from './check/length.ts';
import { links } from './check/links.ts';
import { markdown } from './check/markdown.ts';
import { media } from './check/media.ts';
import { names } from './check/names.ts';
import { questions } from './check/questions.ts';
import { type Finder, type Rule, subjectOf } from './check/rule.ts';
import { waysIn } from './check/way-in.ts';
import { byPlace, type KnowledgeFault } from './fault.ts';
import type { Loaded } from './load.ts';

const rules: Rule[] = [languages, questions, links, names, facts, dates, departments, media, lengths, markdown, waysIn, found];

/** What a check may be told. */
export interface CheckOptions {
  /** Today, `2026-03-01`. Default: the day by UTC. */
  today?: string;
  /** Also checks that topics are found by their own questions. */
  search?: Finder;
}

/** Everything that is wrong or doubtful in a loaded folder: the faults of loading and those that only the whole shows. */
export async function checkKnowledge(dir: string, loaded: Loaded, options: CheckOptions = {}): Promise<KnowledgeFault[]> {
  const today = options.today ?? new Date().toISOString().slice(0, 10);
  const subject = subjectOf(dir, loaded, today, options.search);
  const faults = [...loaded.faults];
  for (const rule of rules) faults.push(...(await rule(subject)));
  // While desk.yaml itself is broken none of its variables is known: its own fault is the one to mend.
  const blind = loaded.faults.some(({ file, severity }) => file === 'desk.yaml' && severity === 'error');
  const meant = faults.filter(({ rule, file }) => !(blind && rule === 'variable' && file !== 'desk.yaml'));
  return meant.filter((fault) => !isAllowed(fault, loaded.sources.get(fault.file)?.text ?? '')).sort(byPlace);
}
