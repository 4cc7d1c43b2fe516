/** Why a text is refused: a code, or undefined. `table`: spreadsheets open it (CSV). */
export function faultOfText(bytes: Buffer, table: boolean): 'active' | 'executable' | 'mismatch' | 'macros' | undefined {
  const text = decodeText(bytes);
  if (text === undefined) return 'mismatch';
  if (/^\s*#!/.test(text)) return 'executable';
  if (showsAsPage(text.slice(0, 4096))) return 'active';
  // A cell that calls a program: =cmd|'/c calc'!A1
  if (table && /(^|[,;\t"'\n])\s*[=+\-@][^\n]{0,200}\|[^\n]{0,400}!/.test(text)) return 'macros';
  return undefined;
}

/** Whether a browser could take the beginning of it for a page of its own, whatever it is called. */
export function showsAsPage(head: string): boolean {
  const start = head.replace(/^\ufeff/, '').replace(/^(\s+|<!--.*?-->|<\?xml.*?\?>)+/s, '');
  return /^<(!doctype\s+(html|svg)|html|head|body|script|svg|iframe|img|a|div|table|style|meta|link|object|embed|form|math|base|\?php|%)[\s>/]/i.test(
    start,
  );
}

// Text is UTF-8, UTF-16 with its mark, or one byte a letter (windows-1254 …) without what no text has.
function decodeText(bytes: Buffer): string | undefined {
  const mark = bytes.subarray(0, 2).toString('hex');
  if (mark === 'fffe' || mark === 'feff') {
    if (bytes.length % 2) return undefined;
    const text = new TextDecoder(mark === 'fffe' ? 'utf-16le' : 'utf-16be').decode(bytes);
    return oddities.test(text) ? undefined : text;
  }
  const text = bytes.toString('latin1');
  if (oddities.test(text)) return undefined;
  return bytes.toString('utf8');
}

// Controls beside tab, line ends, form feed, escape (coloured logs) and the end mark of DOS.
const oddities = /[\x00-\x08\x0b\x0e-\x19\x1c-\x1f]/;
