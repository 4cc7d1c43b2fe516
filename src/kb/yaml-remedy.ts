/** What an editor does about a fault that the YAML parser reports, by the parser's code. */
export function yamlRemedy(code: string): string {
  return remedies[code] ?? 'Look for a missing quote, colon or indentation on this line or the one above.';
}

const remedies: Record<string, string> = {
  ALIAS_PROPS: 'Put the text in double quotes: * at its start has a meaning in YAML.',
  BAD_ALIAS: 'Put the text in double quotes: * or & at its start has a meaning in YAML.',
  BAD_DQ_ESCAPE: 'Write \\\\ for a backslash inside double quotes, or use single quotes.',
  BAD_INDENT: 'Indent with spaces, the same number for everything on one level, and close every [ and { that a line opens.',
  BAD_SCALAR_START: 'Put the text in double quotes: @, ` and % at its start have a meaning in YAML.',
  BLOCK_AS_IMPLICIT_KEY: 'Put the text in double quotes: a colon followed by a space has a meaning in YAML.',
  DUPLICATE_KEY: 'Keep one of the two: the key stands here a second time.',
  MISSING_CHAR: 'Close the quote or bracket, and put texts that hold quotes or colons in double quotes.',
  MULTILINE_IMPLICIT_KEY: 'Put the text in double quotes, or end the line above.',
  MULTIPLE_DOCS: 'Remove the second ---: one file is one topic.',
  TAB_AS_INDENT: 'Replace the tab by spaces.',
  UNEXPECTED_TOKEN: 'Put the whole text of this line in double quotes: a quote, *, & or {{ at its start has a meaning in YAML.',
  UNRESOLVED_ALIAS: 'Put the text in double quotes: * at its start has a meaning in YAML.',
};
