import type { Knowledge, Localised } from './topic.ts';

/** What a fill needs of the knowledge. */
type Values = Pick<Knowledge, 'desk'>;

const placeholder = /\{\{\s*([A-Za-z]\w*)\s*\}\}/g;

/**
 * A text with its `{{name}}` replaced by desk.yaml's values in that language, or where a value lacks it in the default language.
 * A name that nobody defined stays as it is, so that it is seen; `kb check` reports it. Values are not filled again.
 */
export function fill(text: string, knowledge: Values, language: string): string {
  return text.replace(placeholder, (whole, name: string) => variable(name, knowledge, language) ?? whole);
}

/**
 * Value of one variable, or undefined: desk.yaml's `variables`, then `brand`, `crisisLine`, `helpLine`, what `attachments` takes (`fileKinds`: PDF, JPG;
 * `fileMaxMb`: 20), then `links` (`privacy` as `privacyUrl`).
 */
export function variable(name: string, { desk }: Values, language: string): string | undefined {
  const own: Record<string, Localised | undefined> = { brand: desk.brand, crisisLine: desk.crisisLine, helpLine: desk.helpLine };
  const value =
    at(desk.variables, name) ??
    at(own, name) ??
    ofFiles(name, desk) ??
    (name.endsWith('Url') ? at(desk.links, name.slice(0, -3)) : undefined);
  return value === undefined ? undefined : localised(value, language, desk.defaultLanguage);
}

function ofFiles(name: string, { attachments }: Values['desk']): string | undefined {
  if (name === 'fileKinds') return attachments.accept.map((kind) => kind.toUpperCase()).join(', ');
  return name === 'fileMaxMb' ? String(attachments.maxMb) : undefined;
}

/** Names of all `{{variables}}` in a text, in order, with repeats. */
export function variablesIn(text: string): string[] {
  return [...text.matchAll(placeholder)].map(([, name = '']) => name);
}

/** One language's form of a value: that language, else the default one, else any. */
export function localised(value: Localised, language: string, fallback: string): string | undefined {
  return typeof value === 'string' ? value : (at(value, language) ?? at(value, fallback) ?? Object.values(value)[0]);
}

function at<T>(values: Record<string, T>, name: string): T | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}
