/** A text in parts of at most `most` UTF-16 units, without the white space between them; `cutAt` says where a rest that is longer is cut. At least one part. */
export function cutInto(text: string, most: number, cutAt: (rest: string, most: number) => number): string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > most) {
    const cut = cutAt(rest, most);
    parts.push(rest.slice(0, cut).trimEnd());
    rest = rest.slice(cut).trimStart();
  }
  if (rest || parts.length === 0) parts.push(rest);
  return parts;
}

/** The beginning of a text, at most `most` UTF-16 units; one less where the cut would leave half of a surrogate pair, which no JSON of PostgreSQL takes. */
export function cutText(text: string, most: number): string {
  return text.slice(0, most).replace(/[\ud800-\udbff]$/u, '');
}
