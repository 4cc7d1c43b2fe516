import { fileTypeFromBuffer } from 'file-type';
import { faultOfCompound } from './judge/compound.ts';
import { faultOfImage } from './judge/image.ts';
import { endsAsZip, faultOfMagic, isCompound, isZip } from './judge/magic.ts';
import { faultOfName } from './judge/name.ts';
import { judgeZip } from './judge/office.ts';
import { faultOfPdf } from './judge/pdf.ts';
import { faultOfText, showsAsPage } from './judge/text.ts';
import { type Kind, kinds } from './kinds.ts';
import { endingOf, safeName } from './name.ts';

/** What a file is found to be: fit, with its true type and a name that fits it, or refused with a code of locales/<language>/files.json. */
export interface Verdict {
  name: string;
  type: string;
  refused?: string;
}

/** Judges a file by its bytes and its name. `accept`: ids of the kinds that are taken. Never throws: what cannot be read is `broken`. */
export async function judge(file: { name: string; bytes: Buffer }, accept: string[]): Promise<Verdict> {
  const name = safeName(file.name) || 'file';
  const found = await find(file.name, name, file.bytes).catch(() => 'broken');
  if (typeof found === 'string') return { name, type: unknownType, refused: found };
  if (!accept.includes(found.id)) return { name, type: found.type, refused: 'type' };
  return { name: fittingName(name, found), type: found.type };
}

const unknownType = 'application/octet-stream';

/** The kind, or why it is refused. What a file does counts before what it is called. */
async function find(given: string, name: string, bytes: Buffer): Promise<Kind | string> {
  if (bytes.length === 0) return 'empty';
  const fault = faultOfMagic(bytes) ?? faultOfName(given, name);
  if (fault) return fault;
  const kind = await kindOf(name, bytes);
  if (typeof kind === 'string') return kind;
  const named = kindNamed(name);
  if (named && named.family !== kind.family) return 'mismatch';
  return (await faultOf(kind, bytes)) ?? kind;
}

async function kindOf(name: string, bytes: Buffer): Promise<Kind | string> {
  if (isCompound(bytes)) return faultOfCompound(bytes);
  const start = bytes.subarray(0, 1024).toString('latin1');
  if (/^(\xef\xbb\xbf)?\s{0,8}%PDF-\d/.test(start)) return byId('pdf');
  // Readers of PDF look for its beginning so far.
  if (/%PDF-\d/.test(start)) return 'polyglot';
  if (isZip(bytes)) return judgeZip(bytes);
  const named = kindNamed(name);
  if (named?.family === 'text' && faultOfText(bytes, false) !== 'mismatch') return named;
  // The first bytes tell; a whole file would let a crafted one keep the detector busy.
  const found = await fileTypeFromBuffer(bytes.subarray(0, 4100));
  const type = found && (sameTypes[found.mime] ?? found.mime);
  const kind = kinds.find((each) => each.type === type);
  if (kind) return kind;
  if (showsAsPage(start)) return 'active';
  if (found) return 'type';
  if (named) return 'mismatch';
  // Without an ending that says so, text is only what is text beyond doubt.
  return endingOf(name) === '' && faultOfText(bytes, false) === undefined ? byId('txt') : 'type';
}

async function faultOf({ family, type, id }: Kind, bytes: Buffer): Promise<string | undefined> {
  if (family === 'image') return faultOfImage(bytes, type);
  if (family === 'pdf') return faultOfPdf(bytes);
  if (family === 'text') return endsAsZip(bytes) ? 'polyglot' : faultOfText(bytes, id === 'csv');
  return undefined;
}

// Pictures of phones have several names for the same.
const sameTypes: Record<string, string> = {
  'image/heif': 'image/heic',
  'image/heic-sequence': 'image/heic',
  'image/heif-sequence': 'image/heic',
  'image/apng': 'image/png',
};

function kindNamed(name: string): Kind | undefined {
  const ending = endingOf(name);
  return kinds.find(({ endings }) => endings.includes(ending));
}

function byId(id: string): Kind {
  return kinds.find((kind) => kind.id === id) as Kind;
}

/** A name that ends as its kind does, so that it opens where it is saved. */
function fittingName(name: string, kind: Kind): string {
  const ending = endingOf(name);
  if (kind.endings.includes(ending)) return name;
  return safeName(`${kindNamed(name) ? name.slice(0, -ending.length - 1) : name}.${kind.endings[0]}`);
}
