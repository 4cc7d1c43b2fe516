import { cutInto, cutText } from '../../cut-text.ts';

/** Discord's longest message. */
export const maxContent = 2_000;

/** Cuts Discord Markdown that escapes have made too long into messages of at most `max` UTF-16 units: at a line, else a word, and never inside an escape or a surrogate pair. */
export function pieces(markdown: string, max = maxContent): string[] {
  return cutInto(markdown, max, cutAt);
}

function cutAt(text: string, max: number): number {
  const head = text.slice(0, max + 1);
  for (const mark of ['\n', ' ']) {
    const at = head.lastIndexOf(mark);
    if (at >= max / 2) return at;
  }
  const { length: cut } = cutText(text, max);
  // An odd number of backslashes at the end is an escape whose character would be on the other side.
  const slashes = /\\*$/.exec(text.slice(0, cut))?.[0].length ?? 0;
  return slashes % 2 === 1 ? cut - 1 : cut;
}
