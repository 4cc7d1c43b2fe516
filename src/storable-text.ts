/**
 * A text as PostgreSQL can keep it, which takes neither U+0000 nor half of a surrogate pair: halves become U+FFFD, U+0000 becomes `nul`. Default: it goes,
 * for in what people write it stands for nothing.
 */
export function storableText(text: string, nul: '' | '\ufffd' = ''): string {
  return text.replaceAll('\0', nul).toWellFormed();
}
