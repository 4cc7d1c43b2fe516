import { cutText } from '../cut-text.ts';

/**
 * A name without a path, without what a file system or a person could stumble over. Empty where nothing is left.
 * Longest 120 UTF-16 units, the ending kept. Doing it again changes nothing.
 */
export function safeName(name: string): string {
  const last = name.toWellFormed().split(/[/\\]/).at(-1) ?? '';
  const clean = last
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}<>:"|?*\u2028\u2029\ufffd]/gu, '')
    .replace(/\s+/gu, ' ')
    .replace(/^[.\s]+|[.\s]+$/gu, '');
  const short = clean.length <= longest ? clean : shorten(clean);
  // What Windows takes for a device.
  return /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/iu.test(short) ? `_${short}` : short;
}

/** The ending of a name in lower case, without the dot; empty where it has none. */
export function endingOf(name: string): string {
  return /\.([\p{L}\p{N}_-]{1,10})$/u.exec(name)?.[1]?.toLowerCase() ?? '';
}

const longest = 120;

function shorten(name: string): string {
  const ending = endingOf(name);
  const tail = ending ? `.${ending}` : '';
  return `${cutText(name, longest - tail.length - 1).replace(/[.\s]+$/u, '')}${tail}`;
}
