/** Discord's longest message. */
export const maxContent = 2_000;

/** Cuts Discord Markdown that escapes have made too long into messages of at most `max` UTF-16 units: at a line, else a word, and never inside an escape or a surrogate pair. */
export function pieces(markdown: string, max = maxContent): string[] {
  const parts: string[] = [];
  let rest = markdown;
  while (rest.length > max) {
    const cut = cutAt(rest, max);
    parts.push(rest.slice(0, cut).trimEnd());
    rest = rest.slice(cut).trimStart();
  }
  if (rest || parts.length === 0) parts.push(rest);
  return parts;
}

function cutAt(text: string, max: number): number {
  const head = text.slice(0, max + 1);
  for (const mark of ['\n', ' ']) {
    const at = head.lastIndexOf(mark);
    if (at >= max / 2) return at;
  }
  let cut = max;
  if (/[\ud800-\udbff]/.test(text[cut - 1] ?? '')) cut--;
  // An odd number of backslashes at the end is an escape whose character would be on the other side.
  const slashes = /\\*$/.exec(text.slice(0, cut))?.[0].length ?? 0;
  return slashes % 2 === 1 ? cut - 1 : cut;
}
