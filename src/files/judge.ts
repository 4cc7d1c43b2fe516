import { fileTypeFromBuffer } from 'file-type';
import { type Kind, kinds } from './kinds.ts';
import { endingOf, safeName } from './name.ts';

/** What a file is found to be: fit, with its true type and a name that fits it, or refused with a code of locales/<language>/files.json. */
export type Verdict = { name: string; type: string; refused?: undefined } | { name: string; type: string; refused: string };

/** Judges a file by its bytes and its name. `accept`: ids of the kinds that are taken. Never throws. */
export async function judge(file: { name: string; type?: string; bytes: Buffer }, accept: string[]): Promise<Verdict> {
  const name = safeName(file.name) || 'file';
  const claimed = file.type ?? 'application/octet-stream';
  const refuse = (refused: string): Verdict => ({ name, type: claimed, refused });
  if (file.bytes.length === 0) return refuse('empty');
  const kind = await kindOf(file.bytes, name).catch(() => undefined);
  if (!kind) return refuse('type');
  if (!accept.includes(kind.id)) return { ...refuse('type'), type: kind.type };
  const ending = endingOf(name);
  const named = kinds.find(({ endings }) => endings.includes(ending));
  if (named && named.family !== kind.family) return refuse('mismatch');
  return { name: named === kind ? name : renamed(name, ending, kind), type: kind.type };
}

async function kindOf(bytes: Buffer, name: string): Promise<Kind | undefined> {
  const found = await fileTypeFromBuffer(bytes);
  if (found) return kinds.find(({ type }) => type === found.mime);
  return kinds.find(({ family, endings }) => family === 'text' && endings.includes(endingOf(name)));
}

function renamed(name: string, ending: string, kind: Kind): string {
  const known = kinds.some(({ endings }) => endings.includes(ending));
  return `${known ? name.slice(0, -ending.length - 1) : name}.${kind.endings[0]}`;
}
