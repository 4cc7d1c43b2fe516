/** Something wrong in a knowledge folder, at the place where an editor mends it. */
export interface KnowledgeFault {
  /** Path of the file under the folder, with `/`; empty where the folder itself is at fault. */
  file: string;
  /** From 1. */
  line: number;
  /** From 1. */
  column: number;
  /** Short name of the rule, `unknown-key`; a comment `# kb-check: allow <rule>` silences a warning. */
  rule: string;
  fault: string;
  remedy: string;
  /** `error`: the file is not used. `warning`: it works, but not well. */
  severity: 'error' | 'warning';
}

/** Order of faults in a list: by file, then by place. */
export function byPlace(a: KnowledgeFault, b: KnowledgeFault): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column;
}

/** One fault as one line, `file:line:column severity: fault — remedy [rule]`. */
export function faultLine({ file, line, column, severity, fault, remedy, rule }: KnowledgeFault): string {
  const place = file ? `${file}:${line}:${column}` : '(folder)';
  return `${place} ${severity}: ${fault}${remedy ? ` — ${remedy}` : ''} [${rule}]`;
}
