import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { decode, maxBytes } from './decode.ts';
import { explain } from './explain.ts';
import { byPlace, type KnowledgeFault } from './fault.ts';
import { type Entry, listFolder, settingsFiles } from './folder.ts';
import { readTopic } from './read-topic.ts';
import { departmentsFile, deskFile, lexiconFile, outOfScopeFile } from './schema.ts';
import { readSource, type Source } from './source.ts';
import type { Knowledge, Topic } from './topic.ts';

/** A knowledge folder as read: what is valid, and everything that is not. */
export interface Loaded {
  /** The valid files. Those with an error are not in it, so use it as a whole only where no fault is an error. */
  knowledge: Knowledge;
  /** Of all files, in order of place. */
  faults: KnowledgeFault[];
  /** The files as text, by path, so that a later check can name places. */
  sources: Map<string, Source>;
  /** Ids of all topics that have a file, also of one that cannot be read. */
  ids: Set<string>;
}

/** Reads and validates a folder of knowledge. Never throws: all faults of all files are returned at once. */
export async function loadKnowledge(dir: string): Promise<Loaded> {
  const { entries, faults } = await listFolder(dir);
  const sources = new Map<string, Source>();
  const hash = createHash('sha256');
  for (const entry of entries) {
    const source = await readEntry(dir, entry, faults);
    if (!source) continue;
    hash.update(`${entry.file}\0${source.text}\0`);
    faults.push(...source.faults);
    if (source.value !== undefined) sources.set(entry.file, source);
  }

  const settings = <S extends z.ZodType>(file: (typeof settingsFiles)[number], schema: S): z.output<S> | undefined => {
    const source = sources.get(file);
    if (!source) return undefined;
    const result = schema.safeParse(source.value);
    if (!result.success) faults.push(...explain(source, schema, source.value, result.error.issues));
    return result.data;
  };
  const desk = settings('desk.yaml', deskFile) ?? deskFile.parse({});
  const departments = settings('departments.yaml', departmentsFile) ?? [];
  const lexicon = settings('lexicon.yaml', lexiconFile) ?? [];
  const outOfScope = settings('out-of-scope.yaml', outOfScopeFile) ?? {};

  const topics = new Map<string, Topic>();
  for (const source of sources.values()) {
    if (settingsFiles.some((name) => name === source.file)) continue;
    const { topic, faults: found } = readTopic(source, desk.products);
    faults.push(...found);
    if (topic) topics.set(topic.id, topic);
  }
  if (!topics.size && !hasError(faults)) {
    const remedy = 'Put a file such as payments/withdraw-time.yaml into it.';
    faults.push({ file: '', line: 1, column: 1, rule: 'folder', fault: `${dir} holds no topic.`, remedy, severity: 'error' });
  }

  const spoken = desk.languages ?? [...new Set([...topics.values()].flatMap(({ texts }) => Object.keys(texts)))].sort();
  const defaultLanguage = desk.defaultLanguage ?? spoken[0] ?? 'en';
  const { languages: _, ...rest } = desk;
  const knowledge: Knowledge = {
    version: hash.digest('hex').slice(0, 16),
    topics,
    languages: [...new Set([defaultLanguage, ...spoken])],
    lexicon,
    outOfScope,
    departments,
    desk: { ...rest, defaultLanguage },
  };
  const ids = new Set(
    entries.filter(({ file }) => !settingsFiles.some((name) => name === file)).map(({ file }) => file.replace(/\.yaml$/, '')),
  );
  return { knowledge, faults: faults.sort(byPlace), sources, ids };
}

/** True where a fault is an error: then the knowledge as a whole is not fit for use. */
export function hasError(faults: KnowledgeFault[]): boolean {
  return faults.some(({ severity }) => severity === 'error');
}

async function readEntry(dir: string, { file, bytes }: Entry, faults: KnowledgeFault[]): Promise<Source | undefined> {
  const error = (rule: string, fault: string, remedy: string) =>
    void faults.push({ file, line: 1, column: 1, rule, fault, remedy, severity: 'error' });
  if (bytes > maxBytes) {
    return error('size', `The file has ${(bytes / maxBytes).toFixed(1)} MB, more than 1.`, 'One file is one topic: divide it.');
  }
  try {
    const { text, fault } = decode(file, await readFile(join(dir, file)));
    if (fault) faults.push(fault);
    return text === undefined ? undefined : readSource(file, text);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : cause;
    return error('unreadable', `The file cannot be read (${code}).`, 'Give the account that runs Destek the right to read it.');
  }
}
