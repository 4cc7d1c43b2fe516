import { z } from 'zod';
import type { KnowledgeFault } from './fault.ts';
import { nearest } from './nearest.ts';
import { languageCode } from './schema.ts';
import type { Source } from './source.ts';

/** What a schema finds in a file, said for the person who edits it: each fault with its place and a remedy. */
export function explain(source: Source, schema: z.ZodType, value: unknown, issues: z.core.$ZodIssue[]): KnowledgeFault[] {
  const error = { file: source.file, severity: 'error' as const };
  return issues.flatMap((issue): KnowledgeFault[] => {
    const { path } = issue;
    if (issue.code === 'unrecognized_keys') {
      const known = keysAt(schema, path);
      return issue.keys.map((key) => {
        const lower = key.toLowerCase();
        const near = lower !== key && languageCode.test(lower) ? lower : nearest(key, known);
        const remedy = near ? `Did you mean "${near}"?` : `Known here: ${known.join(', ')}.`;
        return { ...error, ...source.placeOfKey([...path, key]), rule: 'unknown-key', fault: `Unknown key ${named([key])}.`, remedy };
      });
    }
    const got = valueAt(value, path);
    if (got === undefined && path.length) {
      const fault = `${named(path)} is missing.`;
      return [{ ...error, ...source.place(path.slice(0, -1)), rule: 'missing', fault, remedy: `Add "${String(path.at(-1))}: …".` }];
    }
    const [fault, remedy] = complaint(issue, got);
    const place = issue.code === 'invalid_key' ? source.placeOfKey(path) : source.place(path);
    return [{ ...error, ...place, rule: 'invalid', fault: `${named(path)} ${fault}.`, remedy }];
  });
}

function complaint(issue: z.core.$ZodIssue, got: unknown): [fault: string, remedy: string] {
  switch (issue.code) {
    case 'invalid_type': {
      const wanted = kinds[issue.expected] ?? issue.expected;
      return [`must be ${wanted}, not ${kindOf(got)}`, wanted === 'a text' ? quoting : `Write ${wanted}.`];
    }
    case 'invalid_value': {
      const values = issue.values.map(String);
      const near = nearest(String(got), values);
      return [
        `must be ${values.join(' or ')}, not ${short(got)}`,
        near ? `Did you mean "${near}"?` : `Write one of: ${values.join(', ')}.`,
      ];
    }
    case 'too_small':
      if (issue.origin === 'array') return ['is an empty list', 'Add at least one entry.'];
      if (issue.origin === 'string') return ['is empty', 'Fill it in.'];
      return [`must be at least ${issue.minimum}`, `Write ${issue.minimum} or more.`];
    case 'too_big':
      if (issue.origin === 'string') return [`is longer than ${issue.maximum} characters`, 'Shorten it.'];
      return [`must be at most ${issue.maximum}`, `Write ${issue.maximum} or less.`];
    case 'invalid_key':
      return ['is no name that may stand here', issue.issues.map(({ message }) => `It ${message}`).join('; ') || 'Rename it.'];
    default:
      return [issue.message, typeof got === 'string' ? `It is ${short(got)}.` : quoting];
  }
}

const quoting = 'Put the text in double quotes: a bare number, or a colon followed by a space, is no text in YAML.';
const kinds: Record<string, string> = {
  string: 'a text',
  array: 'a list',
  object: 'a group of keys',
  record: 'a group of keys',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
};

function kindOf(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'a group of keys' : short(value);
}

const short = (value: unknown) => {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
};

const named = (path: readonly PropertyKey[]) =>
  path.length
    ? `"${path
        .map((step) => (typeof step === 'number' ? `[${step + 1}]` : String(step)))
        .join('.')
        .replaceAll('.[', '[')}"`
    : 'The file';

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let at: unknown = value;
  for (const step of path) at = at !== null && typeof at === 'object' ? Reflect.get(at, step) : undefined;
  return at;
}

interface SchemaPart {
  propertyNames?: unknown;
  items?: unknown;
  additionalProperties?: unknown;
  properties?: Record<string, unknown> | undefined;
}

/** The keys that the schema knows at a path. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let at: SchemaPart = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  for (const step of path) {
    const inside: unknown = typeof step === 'number' ? at.items : (at.properties?.[String(step)] ?? at.additionalProperties);
    if (typeof inside !== 'object' || inside === null) return [];
    at = inside;
  }
  const names = at.propertyNames as { enum?: string[] } | undefined;
  return names?.enum ?? Object.keys(at.properties ?? {});
}
