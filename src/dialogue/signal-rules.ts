import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { Fault } from '../errors.ts';
import { fold } from '../kb/fold.ts';
import { keptModel } from '../kb/model-cache.ts';
import { type Atoms, createAtoms } from './signals/atoms.ts';
import type { Known } from './signals/claims.ts';
import { type Classifier, classifierOf, type Example, trainClassifier } from './signals/classifier.ts';
import { indexPhrases, type Pattern, type Phrases, readPattern } from './signals/pattern.ts';
import { readWords } from './signals/read-words.ts';

/** Kinds of small talk that have a reply of their own. */
export const smalltalkKinds = ['greeting', 'how-are-you', 'thanks', 'goodbye', 'are-you-a-bot', 'ok', 'compliment', 'opener'] as const;
export type SmalltalkKind = (typeof smalltalkKinds)[number];

/** Phrases that tell a signal, and phrases that only sound like it. */
export interface Rule {
  /** Concepts of which one should be spoken of; a guess without any is doubted. */
  needs: Set<string>;
  phrases: Phrases;
  unless: Phrases;
}

/** What `detectSignals` goes by: all languages together, because people mix them. */
export interface SignalRules {
  /** The words of a message as the rules know them. */
  read: (text: string) => Known[];
  distress: Rule;
  human: Rule;
  abuse: { words: Phrases; unless: Phrases; fillers: Phrases };
  smalltalk: { kind: SmalltalkKind; phrases: Phrases }[];
  fillers: Phrases;
  /** Calls for attention and for haste ("anyone there?", "reply asap"), which beside a question say nothing. */
  calls: Phrases;
  emoji: Map<string, SmalltalkKind>;
  yes: Phrases;
  no: Phrases;
  classify: Classifier;
}

/** In phrases that take a meaning back, one letter more can be the opposite (düşünüyorum, düşünmüyorum). */
const exact = false;

const phrases = z.array(z.string().min(1)).default([]);
const rule = z.strictObject({ needs: phrases, phrases, unless: phrases, examples: phrases, counterexamples: phrases });
const file = z.strictObject({
  ordinary: phrases,
  concepts: z.record(z.string(), phrases),
  distress: rule,
  human: rule,
  abuse: z.strictObject({ words: phrases, unless: phrases, fillers: phrases, examples: phrases }),
  smalltalk: z.strictObject({
    phrases: z.partialRecord(z.enum(smalltalkKinds), phrases),
    fillers: phrases,
    calls: phrases,
    emoji: z.partialRecord(z.enum(smalltalkKinds), z.string()).default({}),
  }),
  yes: phrases,
  no: phrases,
  other: phrases,
});
type File = z.infer<typeof file> & { elsewhere: string[] };

/** What is ordinary at a desk: folded words that are never a misspelling of a phrase's word, and texts that are no signal however they sound. */
export interface Ordinary {
  words: Iterable<string>;
  texts: string[];
}

/**
 * Reads `locales/<language>/signals.yaml` of every language and the classifier that was trained on its examples (`cacheDir` keeps it by content;
 * training takes about a second). `ordinary`: what people say to this desk anyway, learnt as no signal. Rejects with a Fault that names the file and the phrase.
 */
export async function loadSignalRules(
  ordinary: Ordinary = { words: [], texts: [] },
  { dir = path.join(import.meta.dirname, '../../locales'), cacheDir }: { dir?: string; cacheDir?: string } = {},
): Promise<SignalRules> {
  const files = readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => path.join(dir, entry.name, 'signals.yaml'))
    .filter((name) => existsSync(name))
    .sort()
    .map((name) => readFile(name));
  const words = [...ordinary.words];
  const atoms = createAtoms(new Set([...files.flatMap(({ content }) => content.ordinary.map(fold)), ...words]));
  const concepts = readConcepts(files, atoms);
  const all = (pick: (content: File) => string[], forgiving = true) =>
    indexPhrases(files.flatMap(({ name, content }) => pick(content).map((source) => compile(name, source, atoms, forgiving))));
  const read = (text: string) => knowWords(text, atoms, concepts);
  const content = [VERSION, files.map(({ content }) => content), words, ordinary.texts];
  return {
    read,
    distress: {
      needs: new Set(files.flatMap(({ content }) => content.distress.needs)),
      phrases: all(({ distress }) => distress.phrases),
      unless: all(({ distress }) => distress.unless, exact),
    },
    human: {
      needs: new Set(files.flatMap(({ content }) => content.human.needs)),
      phrases: all(({ human }) => human.phrases),
      unless: all(({ human }) => human.unless, exact),
    },
    abuse: {
      words: all(({ abuse }) => abuse.words),
      unless: all(({ abuse }) => abuse.unless, exact),
      fillers: all(({ abuse }) => abuse.fillers),
    },
    smalltalk: smalltalkKinds.map((kind) => ({ kind, phrases: all(({ smalltalk }) => smalltalk.phrases[kind] ?? []) })),
    fillers: all(({ smalltalk }) => smalltalk.fillers),
    calls: all(({ smalltalk }) => smalltalk.calls, exact),
    emoji: new Map(
      files.flatMap(({ content }) =>
        smalltalkKinds.flatMap((kind) =>
          [...(content.smalltalk.emoji[kind] ?? '').replace(/\s/g, '')].map((sign) => [sign, kind] as const),
        ),
      ),
    ),
    yes: all(({ yes }) => yes),
    no: all(({ no }) => no),
    classify: classifierOf(
      await keptModel('signals', content, cacheDir, () =>
        trainClassifier([
          ...files.flatMap(({ content }) => examples(content, read)),
          ...ordinary.texts.map((text) => ({ label: 'other', words: read(text) })),
        ]),
      ),
    ),
  };
}

/** Raised whenever the training or what it sees of a text changes, so that old files are not used. */
const VERSION = 1;

/** Which concepts an atom stands for. Short words are taken as they are: `down` is no `drown`. */
function readConcepts(files: { name: string; content: File }[], atoms: Atoms): Map<number, string[]> {
  const found = new Map<number, string[]>();
  for (const { name, content } of files) {
    for (const [concept, list] of Object.entries(content.concepts)) {
      for (const source of list)
        for (const part of compile(name, source, atoms, source.length > 5).parts) {
          if (part.kind === 'word') found.set(part.atom, [...(found.get(part.atom) ?? []), concept]);
        }
    }
  }
  return found;
}

function knowWords(text: string, atoms: Atoms, concepts: Map<number, string[]>): Known[] {
  return readWords(text).map((word) => {
    const own = atoms.of(word.text, word.raw);
    const kinds = new Set<string>();
    for (const atom of own) {
      for (const concept of concepts.get(atom) ?? []) kinds.add(concept);
    }
    return { ...word, atoms: own, concepts: [...kinds].sort() };
  });
}

function examples(content: File, read: (text: string) => Known[]): Example[] {
  const { distress, human, abuse, smalltalk, other, elsewhere } = content;
  const of = (label: string, texts: string[]) => texts.map((text) => ({ label, words: read(text) }));
  return [
    ...of('distress', distress.examples),
    ...of('human', human.examples),
    ...of('abuse', abuse.examples),
    ...smalltalkKinds.flatMap((kind) =>
      of(
        'smalltalk',
        (smalltalk.phrases[kind] ?? []).filter((phrase) => /^[^(=^*<>]+$/.test(phrase)),
      ),
    ),
    ...of('other', [...distress.counterexamples, ...human.counterexamples, ...other, ...elsewhere]),
  ];
}

/** Messages for no desk at all (a recipe, the weather): whatever they sound like, they are no signal. */
function readElsewhere(dir: string): string[] {
  const file = path.join(dir, 'out-of-scope.yaml');
  return existsSync(file) ? phrases.parse(parse(readFileSync(file, 'utf8')) ?? []) : [];
}

function readFile(name: string): { name: string; content: File } {
  let raw: unknown;
  try {
    raw = parse(readFileSync(name, 'utf8'));
  } catch (error) {
    throw new Fault('knowledge.invalid', `${name}: ${(error as Error).message}`);
  }
  const read = file.safeParse(raw);
  if (!read.success)
    throw new Fault(
      'knowledge.invalid',
      `${name}: ${read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')}`,
    );
  return { name, content: { ...read.data, elsewhere: readElsewhere(path.dirname(name)) } };
}

function compile(name: string, source: string, atoms: Atoms, forgiving = true): Pattern {
  try {
    return readPattern(source, atoms, forgiving);
  } catch (error) {
    throw new Fault('knowledge.invalid', `${name}: ${(error as Error).message}.`);
  }
}
