import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { literals } from './literals.ts';
import type { Source } from './source.ts';

/** What a rule found: where, and what is wrong with it. */
export interface Finding {
  rule: string;
  file: string;
  line: number;
  fault: string;
}

type Rule = (sources: Source[], root: string) => Omit<Finding, 'rule'>[];

/** No channel's name as a literal outside its folder: who needs one gets it from the channel. */
const channelName: Rule = (sources) => {
  const found: Omit<Finding, 'rule'>[] = [];
  // Settings carry channels' names; so does the one list of channels. A column `email` is a person's address.
  const exempt = /^src\/(config|bots\/index|store\/schema)\.ts$|^src\/store\/migrations\/|^web\//;
  for (const source of sources) {
    if (exempt.test(source.name)) continue;
    for (const { text, line, kind } of literals(source)) {
      if (kind === 'import') continue;
      // The first two mean nothing else; the others are ordinary words, so only a string that is nothing but the word counts.
      const name =
        /\b(telegram|discord)\b/i.exec(text)?.[1]?.toLowerCase() ?? (kind === 'string' ? /^(email|web)$/.exec(text)?.[1] : undefined);
      if (name && !source.name.startsWith(`src/bots/${name}/`)) found.push({ file: source.name, line, fault: `names the channel ${name}` });
    }
  }
  return found;
};

/** Nothing in src/ knows a topic's id: whatever depends on one is a field of the topic. */
const topicId: Rule = (sources, root) => {
  const knowledge = path.join(root, 'knowledge');
  const files = existsSync(knowledge) ? readdirSync(knowledge, { recursive: true, encoding: 'utf8' }) : [];
  const ids = new Set(files.filter((name) => name.includes('/') && /\.ya?ml$/.test(name)).map((name) => name.replace(/\.ya?ml$/, '')));
  return sources.flatMap((source) =>
    literals(source)
      .filter(({ text }) => ids.has(text))
      .map(({ text, line }) => ({ file: source.name, line, fault: `knows the topic ${text}` })),
  );
};

/** Node strips types but rewrites no path: an import of ./name.js passes tsc and fails when run. */
const importEnding: Rule = (sources) =>
  sources.flatMap((source) =>
    literals(source)
      .filter(({ text, kind }) => kind === 'import' && text.startsWith('.') && !/\.(tsx?|json|css)(\?\w+)?$/.test(text))
      .map(({ text, line }) => ({ file: source.name, line, fault: `imports ${text}, which does not end in .ts` })),
  );

/** No file over 300 lines, data excepted. */
const fileSize: Rule = (sources) =>
  sources
    .filter(({ name, lines }) => lines > 300 && !/^src\/store\/(schema\.ts|migrations\/)/.test(name))
    .map(({ name, lines }) => ({ file: name, line: lines, fault: `has ${lines} lines; 300 is the limit` }));

/** The house's own rules, by name. */
export const rules: Record<string, Rule> = {
  'channel-name': channelName,
  'topic-id': topicId,
  'import-ending': importEnding,
  'file-size': fileSize,
};

/** Runs every rule. */
export function inspect(sources: Source[], root: string): Finding[] {
  return Object.entries(rules).flatMap(([rule, run]) => run(sources, root).map((found) => ({ rule, ...found })));
}
