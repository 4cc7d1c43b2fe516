import { promisify } from 'node:util';
import { inflate } from 'node:zlib';
import { endsAsZip } from './magic.ts';
import { showsAsPage } from './text.ts';

const unpack = promisify(inflate);

// A file has so many packed lists of objects at most that are read, and each of them unpacks to so much at most.
const mostLists = 400;
const mostBytesOfList = 4 * 1024 * 1024;
const mostBytesOfAll = 32 * 1024 * 1024;

/** Why a PDF is refused: a code, or undefined. It is read as text and never rendered. */
export async function faultOfPdf(bytes: Buffer): Promise<'encrypted' | 'active' | 'polyglot' | 'broken' | 'bomb' | undefined> {
  const text = bytes.toString('latin1');
  if (endsAsZip(bytes) || showsAsPage(text.slice(text.indexOf('\n') + 1, 2048))) return 'polyglot';
  if (!text.slice(-4096).includes('%%EOF')) return 'broken';
  const names = plainNames(text);
  if (isEncrypted(names)) return 'encrypted';
  if (acts(names)) return 'active';
  return faultOfLists(text, bytes);
}

/** `/J#61vaScript` is `/JavaScript`. */
function plainNames(text: string): string {
  return text.includes('#') ? text.replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))) : text;
}

function isEncrypted(text: string): boolean {
  return /\/Encrypt\s*(\d+\s+\d+\s+R|<<)/.test(text);
}

// What starts a program, runs a script or plays a film when the page is opened. Long words only: shorter ones come about in packed pictures by chance.
function acts(text: string): boolean {
  return /\/(JavaScript|Launch|RichMedia|ImportData|SubmitForm)\b/.test(text);
}

// Newer files keep most objects packed together; what hides there is looked at too.
async function faultOfLists(text: string, bytes: Buffer): Promise<'encrypted' | 'active' | 'bomb' | undefined> {
  let left = mostBytesOfAll;
  let count = 0;
  for (const found of text.matchAll(/\/ObjStm\b/g)) {
    if (++count > mostLists) return 'bomb';
    const start = /^[\s\S]{0,400}?stream\r?\n/.exec(text.slice(found.index, found.index + 420));
    if (!start) continue;
    const from = found.index + start[0].length;
    const to = text.indexOf('endstream', from);
    if (to < 0) continue;
    const list = await unpack(bytes.subarray(from, to), { maxOutputLength: Math.min(mostBytesOfList, left) }).catch(
      (error: NodeJS.ErrnoException) => (error.code === 'ERR_BUFFER_TOO_LARGE' ? 'bomb' : undefined),
    );
    if (list === 'bomb') return 'bomb';
    if (!list) continue;
    left -= list.length;
    if (left <= 0) return 'bomb';
    if (acts(plainNames(list.toString('latin1')))) return 'active';
  }
  return undefined;
}
