/** Repairs what a sender's program did to the letters: Turkish in a Western charset, or UTF-8 that was read as Western and written again. */
export function mend(text: string): string {
  return turkish(twice(text));
}

/**
 * The mail with its charset put right, for one whose bytes are not what it says: UTF-8 where they are, else Turkish Windows.
 * Undefined where nothing can be changed.
 */
export function mendBytes(source: Buffer): Buffer | undefined {
  const text = source.toString('latin1');
  const to = isUtf8(source) ? 'utf-8' : 'windows-1254';
  const head = text.slice(0, Math.max(0, text.search(/\r?\n\r?\n/)));
  const named = /^content-type:/im.test(head) ? text : `Content-Type: text/plain; charset=${to}\r\n${text}`;
  const mended = named
    .replace(/charset\s*=\s*"?(utf-?8|us-ascii|ascii|iso-8859-\d+|windows-125\d|unknown[\w-]*|default)"?/gi, `charset=${to}`)
    .replace(/^(content-type:[ \t]*text\/(?:plain|html))[ \t;]*(\r?)$/gim, `$1; charset=${to}$2`);
  return mended === text ? undefined : Buffer.from(mended, 'latin1');
}

function isUtf8(source: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(source);
    return /[\x80-\xff]/.test(source.toString('latin1'));
  } catch {
    return false;
  }
}

// Icelandic letters where Turkish ones belong: the same bytes in ISO-8859-1 and ISO-8859-9.
const letters: Record<string, string> = { þ: 'ş', ð: 'ğ', ý: 'ı', Þ: 'Ş', Ð: 'Ğ', Ý: 'İ' };
function turkish(text: string): string {
  return /[þðýÞÐÝ]/.test(text) ? text.replace(/[þðýÞÐÝ]/g, (letter) => letters[letter] ?? letter) : text;
}

/** Bytes of the windows-1252 characters that are not their own code. */
const western = new Map(
  Array.from({ length: 0x20 }, (_, n) => [new TextDecoder('windows-1252').decode(new Uint8Array([0x80 + n])), 0x80 + n] as const),
);

function twice(text: string): string {
  if (!/[ÃÄÅÂÐÑ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]/.test(text)) return text;
  const bytes: number[] = [];
  for (const character of text) {
    const byte = western.get(character) ?? character.codePointAt(0) ?? 0;
    if (byte > 0xff) return text;
    bytes.push(byte);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array(bytes));
  } catch {
    return text;
  }
}
