import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { type Kind, kinds } from '../kinds.ts';

type Code = 'archive' | 'encrypted' | 'macros' | 'bomb' | 'active' | 'broken';

/** Far beyond what people write, near enough to what a desk can open. */
const most = { entries: 3_000, bytes: 300 * 1024 * 1024, ratio: 200, partBytes: 24 * 1024 * 1024, depth: 2 };

/** What a ZIP file is, where it is an office document that may be kept; else why not. Only the parts that say what it does are unpacked, each up to a limit. */
export async function judgeZip(bytes: Buffer, depth = 0): Promise<Kind | Code> {
  try {
    return await judgeParts(await fromBufferPromise(bytes), bytes, depth);
  } catch (error) {
    // Names with a way out of the folder, sizes that are not true, a list that is cut off.
    return error instanceof TooMuch ? 'bomb' : 'broken';
  }
}

async function judgeParts(zip: ZipFile, bytes: Buffer, depth: number): Promise<Kind | Code> {
  if (zip.entryCount > most.entries) return 'bomb';
  const entries: Entry[] = [];
  for await (const entry of zip.eachEntry()) entries.push(entry);
  const names = entries.map(({ fileName }) => fileName.toLowerCase());
  if (entries.some((entry) => entry.isEncrypted())) return names.includes('[content_types].xml') ? 'encrypted' : 'archive';
  if (isBomb(entries, bytes.length)) return names.includes('[content_types].xml') ? 'bomb' : 'archive';

  const types = await partText(zip, entries, (name) => name === '[content_types].xml');
  const kind = kindOf(types);
  if (!kind) return /macroEnabled/i.test(types) ? 'macros' : 'archive';
  if (/macroEnabled|vbaProject|activeX/i.test(types) || names.some((name) => /vba(project|data)|activex|macrosheets?\//.test(name)))
    return 'macros';
  // Objects of other programs: what is opened by a click runs.
  if (names.some((name) => /(^|\/)(oleobject[^/]*|package[^/]*)\.bin$|\.(exe|dll|js|vbs|bat|cmd|ps1|hta|lnk|scr|jar)$/.test(name)))
    return 'active';
  const links = await partText(zip, entries, (name) => name.endsWith('.rels'));
  if (loadsFromElsewhere(links)) return 'active';
  const body = await partText(zip, entries, (name) =>
    /^word\/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml$|^xl\/externallinks\//.test(name),
  );
  if (/<!doctype|<!entity/i.test(`${types}${links}${body}`)) return 'active';
  if (callsPrograms(body)) return 'macros';
  return (await faultInside(zip, entries, depth)) ?? kind;
}

function isBomb(entries: Entry[], length: number): boolean {
  const packed = entries.reduce((sum, { compressedSize }) => sum + compressedSize, 0);
  const unpacked = entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0);
  // Entries that share the same bytes.
  if (packed > length) return true;
  if (unpacked > most.bytes) return true;
  return entries.some(
    ({ compressedSize, uncompressedSize }) => uncompressedSize > 8 * 1024 * 1024 && uncompressedSize > compressedSize * most.ratio,
  );
}

function kindOf(types: string): Kind | undefined {
  return kinds.find(({ family, type }) => family === 'office' && types.includes(`${type}.main+xml`));
}

// A template, a frame or an object that is fetched from another place when the document is opened. Links that people click are none.
function loadsFromElsewhere(links: string): boolean {
  return (links.match(/<Relationship\b[^>]*>/g) ?? []).some(
    (link) =>
      /TargetMode\s*=\s*["']External/i.test(link) &&
      /Type\s*=\s*["'][^"']*\/(attachedTemplate|oleObject|frame|subDocument|aFChunk|externalLinkPath)["']/i.test(link),
  );
}

// Fields that speak to another program (DDE), however their letters are spread over the text.
function callsPrograms(body: string): boolean {
  const fields = [...body.matchAll(/<w:instrText\b[^>]*>([^<]*)|w:instr\s*=\s*"([^"]*)"/g)].map(([, run, field]) => run ?? field).join('');
  return /\bDDE(AUTO)?\b/i.test(fields) || /<ddeLink\b/i.test(body);
}

// A table in a letter is a ZIP in a ZIP; so deep, and no other archive.
async function faultInside(zip: ZipFile, entries: Entry[], depth: number): Promise<Code | undefined> {
  for (const entry of entries) {
    const name = entry.fileName.toLowerCase();
    if (/\.(zip|7z|rar|gz|tar|iso|cab)$/.test(name)) return 'bomb';
    if (!/^(word|xl)\/embeddings\/.*\.(docx|xlsx|docm|xlsm)$/.test(name)) continue;
    if (depth + 1 >= most.depth) return 'bomb';
    const inner = await judgeZip(await unpack(zip, entry), depth + 1);
    if (typeof inner === 'string') return inner;
  }
  return undefined;
}

async function partText(zip: ZipFile, entries: Entry[], wanted: (name: string) => boolean): Promise<string> {
  const parts: string[] = [];
  let left = most.partBytes;
  for (const entry of entries.filter(({ fileName }) => wanted(fileName.toLowerCase()))) {
    const part = await unpack(zip, entry, left);
    left -= part.length;
    parts.push(decode(part));
  }
  return parts.join('\n');
}

function decode(part: Buffer): string {
  const mark = part.subarray(0, 2).toString('hex');
  return mark === 'fffe' || mark === 'feff'
    ? new TextDecoder(mark === 'fffe' ? 'utf-16le' : 'utf-16be').decode(part)
    : part.toString('utf8');
}

async function unpack(zip: ZipFile, entry: Entry, limit = most.partBytes): Promise<Buffer> {
  if (entry.uncompressedSize > limit) throw new TooMuch();
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of await zip.openReadStreamPromise(entry)) {
    length += (part as Buffer).length;
    if (length > limit) throw new TooMuch();
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts);
}

class TooMuch extends Error {}
