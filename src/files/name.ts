/** A name without a path, without what a file system or a person could stumble over. Empty where nothing is left. Longest 120 UTF-16 units, the ending kept. */
export function safeName(name: string): string {
  const last = name.toWellFormed().split(/[/\\]/).at(-1) ?? '';
  return last
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}<>:"|?*\u2028\u2029]/gu, '')
    .replace(/\s+/gu, ' ')
    .replace(/^[.\s]+|[.\s]+$/gu, '')
    .slice(-120)
    .toWellFormed()
    .replace(/^[.\s]+/u, '');
}

/** The ending of a name in lower case, without the dot; empty where it has none. */
export function endingOf(name: string): string {
  return /\.([\p{L}\p{N}_-]{1,10})$/u.exec(name)?.[1]?.toLowerCase() ?? '';
}
