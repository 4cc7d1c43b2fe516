import type { KnowledgeFault } from '../fault.ts';
import type { Loaded } from '../load.ts';
import type { Source } from '../source.ts';
import type { Knowledge } from '../topic.ts';

/** One thing that `kb check` looks for. Yields or resolves to what it found. */
export type Rule = (subject: Subject) => Iterable<KnowledgeFault> | Promise<Iterable<KnowledgeFault>>;

/** What a rule looks at. */
export interface Subject {
  dir: string;
  knowledge: Knowledge;
  /** Whether a topic of this id has a file, be it a faulty one. */
  exists(topicId: string): boolean;
  /** The file that a topic stands in. */
  sourceOf(topicId: string): Source | undefined;
  /** One of the settings files, if it is there and valid YAML. */
  settings(file: string): Source | undefined;
  /** Today, `2026-03-01`. */
  today: string;
  search?: Finder;
}

/** What the check needs of a search: topics of a text, the best first. */
export interface Finder {
  match(text: string): { topics: { id: string }[] };
}

/** A finding at the value of `path`, or at `piece` inside of it. */
export function finding(
  source: Source,
  path: readonly PropertyKey[],
  what: Pick<KnowledgeFault, 'rule' | 'severity' | 'fault' | 'remedy'>,
  piece?: string,
): KnowledgeFault {
  const place = piece === undefined ? source.place(path) : source.placeOf(piece, path);
  return { file: source.file, ...place, ...what };
}

/** The subject of a check of a loaded folder. */
export function subjectOf(dir: string, { knowledge, sources, ids }: Loaded, today: string, search?: Finder): Subject {
  return {
    dir,
    knowledge,
    today,
    exists: (id) => ids.has(id),
    sourceOf: (id) => sources.get(`${id}.yaml`),
    settings: (file) => sources.get(file),
    ...(search && { search }),
  };
}
