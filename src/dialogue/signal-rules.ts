import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { Fault } from '../errors.ts';
import { fold } from '../kb/fold.ts';
import { type Atoms, createAtoms } from './signals/atoms.ts';
import { type Classifier, type Example, trainClassifier } from './signals/classifier.ts';
import { type Pattern, readPattern } from './signals/pattern.ts';
import { readWords } from './signals/read-words.ts';

/** Kinds of small talk that have a reply of their own. */
export const smalltalkKinds = ['greeting', 'how-are-you', 'thanks', 'goodbye', 'are-you-a-bot', 'ok', 'compliment'] as const;
export type SmalltalkKind = (typeof smalltalkKinds)[number];

/** Phrases that tell a signal, and phrases that only sound like it. */
export interface Rule {
  phrases: Pattern[];
  unless: Pattern[];
}

/** What `detectSignals` goes by: all languages together, because people mix them. */
export interface SignalRules {
  atoms: Atoms;
  distress: Rule;
  human: Rule;
  abuse: { words: Pattern[]; unless: Pattern[]; fillers: Pattern[] };
  smalltalk: { kind: SmalltalkKind; phrase: Pattern }[];
  fillers: Pattern[];
  emoji: Map<string, SmalltalkKind>;
  yes: Pattern[];
  no: Pattern[];
  classify: Classifier;
}

const phrases = z.array(z.string().min(1)).default([]);
const rule = z.strictObject({ phrases, unless: phrases, examples: phrases, counterexamples: phrases });
const file = z.strictObject({
  ordinary: phrases,
  distress: rule,
  human: rule,
  abuse: z.strictObject({ words: phrases, unless: phrases, fillers: phrases, examples: phrases }),
  smalltalk: z.strictObject({ phrases: z.partialRecord(z.enum(smalltalkKinds), phrases), fillers: phrases, emoji: z.partialRecord(z.enum(smalltalkKinds), z.string()).default({}) }),
  yes: phrases,
  no: phrases,
  other: phrases,
});
type File = z.infer<typeof file>;

/**
 * Reads `locales/<language>/signals.yaml` of every language and trains the classifier on its examples (about 0.2 s, once at start).
 * Raises a Fault that names the file and the phrase.
 */
export function loadSignalRules(dir = path.join(import.meta.dirname, '../../locales')): SignalRules {
  const files = readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => path.join(dir, entry.name, 'signals.yaml'))
    .filter((name) => existsSync(name))
    .sort()
    .map((name) => readFile(name));
  const atoms = createAtoms(new Set(files.flatMap(({ content }) => content.ordinary.map(fold))));
  const all = (pick: (content: File) => string[]) => files.flatMap(({ name, content }) => pick(content).map((source) => compile(name, source, atoms)));
  return {
    atoms,
    distress: { phrases: all(({ distress }) => distress.phrases), unless: all(({ distress }) => distress.unless) },
    human: { phrases: all(({ human }) => human.phrases), unless: all(({ human }) => human.unless) },
    abuse: { words: all(({ abuse }) => abuse.words), unless: all(({ abuse }) => abuse.unless), fillers: all(({ abuse }) => abuse.fillers) },
    smalltalk: smalltalkKinds.flatMap((kind) => all(({ smalltalk }) => smalltalk.phrases[kind] ?? []).map((phrase) => ({ kind, phrase }))),
    fillers: all(({ smalltalk }) => smalltalk.fillers),
    emoji: new Map(files.flatMap(({ content }) => smalltalkKinds.flatMap((kind) => [...(content.smalltalk.emoji[kind] ?? '').replace(/\s/g, '')].map((sign) => [sign, kind] as const)))),
    yes: all(({ yes }) => yes),
    no: all(({ no }) => no),
    classify: trainClassifier(files.flatMap(({ content }) => examples(content))),
  };
}

function examples(content: File): Example[] {
  const { distress, human, abuse, smalltalk, other } = content;
  const of = (label: string, texts: string[]) => texts.map((text) => ({ label, words: readWords(text) }));
  return [
    ...of('distress', distress.examples),
    ...of('human', human.examples),
    ...of('abuse', abuse.examples),
    ...smalltalkKinds.flatMap((kind) => of('smalltalk', (smalltalk.phrases[kind] ?? []).filter((phrase) => /^[^(=^*<>]+$/.test(phrase)))),
    ...of('other', [...distress.counterexamples, ...human.counterexamples, ...other]),
  ];
}

function readFile(name: string): { name: string; content: File } {
  let raw: unknown;
  try {
    raw = parse(readFileSync(name, 'utf8'));
  } catch (error) {
    throw new Fault('knowledge.invalid', `${name}: ${(error as Error).message}`);
  }
  const read = file.safeParse(raw);
  if (!read.success) throw new Fault('knowledge.invalid', `${name}: ${read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')}`);
  return { name, content: read.data };
}

function compile(name: string, source: string, atoms: Atoms): Pattern {
  try {
    return readPattern(source, atoms);
  } catch (error) {
    throw new Fault('knowledge.invalid', `${name}: ${(error as Error).message}.`);
  }
}
