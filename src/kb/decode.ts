import type { KnowledgeFault } from './fault.ts';

/** Largest file of a knowledge folder, in bytes. */
export const maxBytes = 1024 * 1024;

/** Bytes of a file as text, or the fault that keeps them from being one. A byte order mark is only warned of. */
export function decode(file: string, bytes: Uint8Array): { text?: string; fault?: KnowledgeFault } {
  const error = (fault: string, remedy: string, line = 1): { fault: KnowledgeFault } => ({
    fault: { file, line, column: 1, rule: 'encoding', fault, remedy, severity: 'error' },
  });
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return error('The file is UTF-16.', 'Save it as UTF-8.');
  }
  const nul = bytes.indexOf(0);
  if (nul >= 0) return error('The file holds a NUL byte: it is no text.', 'Save it as UTF-8 text.', lineOf(bytes, nul));
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    const remedy = 'Save it as UTF-8 (it is probably Windows-1254 or ISO-8859-9).';
    return error('The file is not UTF-8.', remedy, lineOf(bytes, firstBroken(bytes)));
  }
  if (text.trim() === '' || text.trim() === '\ufeff') return error('The file is empty.', 'Fill it, or remove it.');
  if (!text.startsWith('\ufeff')) return { text };
  const remedy = 'Save the file as UTF-8 without BOM.';
  const fault = 'The file begins with a byte order mark.';
  return { text: text.slice(1), fault: { file, line: 1, column: 1, rule: 'encoding', fault, remedy, severity: 'warning' } };
}

const lineOf = (bytes: Uint8Array, end: number) => bytes.subarray(0, end).reduce((n, byte) => n + (byte === 10 ? 1 : 0), 1);

/** Offset of the first byte that is not UTF-8: halving, since a cut inside a character is no fault while streaming. */
function firstBroken(bytes: Uint8Array): number {
  let [good, bad] = [0, bytes.length];
  while (good < bad) {
    const middle = (good + bad + 1) >> 1;
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, middle), { stream: true });
      good = middle;
    } catch {
      bad = middle - 1;
    }
  }
  return good;
}
