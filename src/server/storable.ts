import { storableText } from '../storable-text.ts';

/**
 * What came over HTTP as PostgreSQL can keep it: U+0000 and halves of surrogate pairs, which it takes in no text, become U+FFFD in every text and name of
 * a body or a query, down to 50 levels (no schema of ours takes what is deeper).
 */
export function storable<T>(value: T): T {
  return clean(value, 50) as T;
}

function clean(value: unknown, levels: number): unknown {
  if (typeof value === 'string') return storableText(value, '\ufffd');
  if (levels === 0) return value;
  if (Array.isArray(value)) return value.map((each) => clean(each, levels - 1));
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [clean(name, 1), clean(each, levels - 1)]));
}

/** Not bytes, a stream or what else a parser makes: those are not ours to look into. */
function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
