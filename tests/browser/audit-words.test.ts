import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { eventKinds, factNames } from '../../src/conversation/event-names.ts';
import type { Decision, HandoffReason } from '../../src/dialogue/decide.ts';
import type { Act } from '../../src/handoff/acts/act.ts';
import { outcomes } from '../../src/handoff/acts/resolve.ts';
import type { Breach } from '../../src/handoff/deadlines/due-now.ts';
import { announcement, message, ticket } from '../../src/store/schema.ts';

const root = path.join(import.meta.dirname, '../..');
const read = (language: string, ...parts: string[]): Record<string, string> =>
  Object.assign({}, ...parts.map((part) => JSON.parse(readFileSync(path.join(root, `locales/${language}/${part}.json`), 'utf8'))));
const keyOf = (group: string, code: string) => `${group}_${code.replaceAll(/[-.]/g, '_')}`;
/** Codes of a type, so that the compiler asks for each new one. */
const codes = <Code extends string>(all: Record<Code, true>) => Object.keys(all) as Code[];

const acts = codes<Act>({
  transferred: true,
  escalated: true,
  snoozed: true,
  woken: true,
  reopened: true,
  'to-bot': true,
  urgency: true,
  language: true,
  tags: true,
  linked: true,
  unlinked: true,
  merged: true,
  blocked: true,
  unblocked: true,
  lifted: true,
  started: true,
  'call-back': true,
  'call-back-due': true,
  'call-back-done': true,
});
const reasons = codes<HandoffReason>({
  distress: true,
  sensitive: true,
  topic: true,
  asked: true,
  'not-solved': true,
  'no-answer': true,
  protected: true,
  documents: true,
  reopened: true,
  unread: true,
});
const decisions = codes<Decision['act']>({
  answer: true,
  suggest: true,
  ask: true,
  handoff: true,
  fallback: true,
  reply: true,
  language: true,
  status: true,
  survey: true,
});
const breaches = codes<Breach>({ 'first-answer': true, 'next-answer': true, resolution: true, rung: true });

/** Codes that stand as they are in the data of an event somewhere in src/: `why: 'retention'`. */
function written(): [string, string][] {
  const sources = globSync('src/**/*.ts', { cwd: root }).map((file) => readFileSync(path.join(root, file), 'utf8'));
  const data = sources.flatMap((text) =>
    /recordEvent|recordFact|recordAct/.test(text)
      ? [...text.matchAll(/(?:\bdata: |recordAct\([^{]*)\{([^{}]*)\}/g)].map(([, inside = '']) => inside)
      : [],
  );
  const named = data.flatMap((inside) =>
    [...inside.matchAll(/\b(act|state|reason|outcome|why|what|part|by|author): ([^,}]*)/g)].flatMap(([, name = '', value = '']) =>
      [...value.matchAll(/'([a-z-]+)'/g)].map(([, code = '']): [string, string] => [name, code]),
    ),
  );
  const noted = sources.flatMap((text) =>
    [...text.matchAll(/\bnote\(tx, [^']*'?[^']*'([a-z-]+)'/g)].map(([, code = '']): [string, string] => ['act', code]),
  );
  return [...named, ...noted];
}

/** Told in the head of a line, or nobody's business. */
const untold = ['act', 'state', 'number', 'ticketId', 'mirror'];

test.each(['en', 'tr', 'az'])('the audit has words for everything that is written down, in %s', (language) => {
  const audit = read(language, 'desk', 'desk-acts', 'desk-lists', 'audit');
  const pages = read(language, 'supervise');
  const lacking = (words: Record<string, string>, group: string, all: readonly string[]) =>
    all.map((code) => keyOf(group, code)).filter((key) => !words[key]?.trim());
  const found = written();
  expect(found.length).toBeGreaterThan(25);
  expect([
    ...lacking(pages, 'kind', eventKinds),
    ...factNames.filter((name) => !untold.includes(name) && !audit[`fact_${name}`]?.trim()),
    ...lacking(audit, 'act', [
      ...acts,
      ...decisions,
      ...ticket.state.enumValues,
      ...message.delivery.enumValues,
      ...announcement.state.enumValues,
    ]),
    ...lacking(audit, 'reason', reasons),
    ...lacking(audit, 'what', breaches),
    ...lacking(audit, 'outcome', outcomes),
    ...lacking(audit, 'level', ticket.level.enumValues),
    ...lacking(audit, 'urgency', ticket.urgency.enumValues),
    ...found.map(([name, code]) => keyOf(name === 'state' ? 'act' : name, code)).filter((key) => !audit[key]?.trim()),
  ]).toEqual([]);
});

test('whatever writes an event past recordEvent writes a kind that has a name', () => {
  const kinds = globSync('src/**/*.ts', { cwd: root }).flatMap((file) =>
    [...readFileSync(path.join(root, file), 'utf8').matchAll(/insert into event \([^)]*\)\s*select [^'`]*'([^']+)'/g)].map(
      ([, kind]) => kind,
    ),
  );
  expect(kinds.length).toBeGreaterThanOrEqual(6);
  expect(kinds.filter((kind) => !(eventKinds as readonly string[]).includes(kind ?? ''))).toEqual([]);
});

test.each(['en', 'tr', 'az'])('the desk has words for whatever a channel may say of a failure or a file, in %s', (language) => {
  const words = read(language, 'desk', 'desk-acts');
  const sources = globSync('src/{bots,app}/**/*.ts', { cwd: root }).map((file) => readFileSync(path.join(root, file), 'utf8'));
  const failures = sources.flatMap((text) => [
    ...[...text.matchAll(/new Undeliverable\(([^)]*)/g)].flatMap(([, given = '']) => given.match(/(?<=^|\? |: )'[a-z-]+'/g) ?? []),
    ...(/const undeliverable: [^{]*\{([^}]*)\}/.exec(text)?.[1]?.match(/'[a-z-]+'/g) ?? []),
    ...(text.match(/(?<=kind: 'unreachable', code: (?:[^']*\? )?)'[a-z]+'/g) ?? []),
  ]);
  expect(new Set(failures).size).toBeGreaterThan(10);
  const refused = Object.keys(read(language, 'files')['refused'] ?? {});
  expect(refused.length).toBeGreaterThan(15);
  const keys = [
    ...failures.map((code) => keyOf('failure', code.replaceAll("'", ''))),
    ...['error', 'unreachable', 'bounced'].map((code) => keyOf('failure', code)),
    ...refused.map((code) => keyOf('refused', code)),
  ];
  expect(keys.filter((key) => !words[key]?.trim())).toEqual([]);
});
