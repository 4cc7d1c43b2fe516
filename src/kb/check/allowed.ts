import type { KnowledgeFault } from '../fault.ts';

/**
 * True for a warning that the file allows: a comment `# kb-check: allow <rule>` on its line or at the end of the line of a key around it,
 * on lines of its own right above one of these, or anywhere above the first key for the whole file.
 */
export function isAllowed({ rule, line, severity }: KnowledgeFault, text: string): boolean {
  if (severity !== 'warning' || !text.includes('kb-check:')) return false;
  const lines = text.split('\n');
  const allows = (index: number) => {
    const [, rules = ''] = comment.exec(lines[index] ?? '') ?? [];
    return rules.split(/[\s,]+/).includes(rule);
  };
  const above = (index: number): boolean => {
    for (let i = index - 1; i >= 0 && ownLine.test(lines[i] ?? ''); i--) if (allows(i)) return true;
    return false;
  };
  const first = lines.findIndex((each) => each.trim() !== '' && !ownLine.test(each));
  if (lines.slice(0, first).some((_, index) => allows(index))) return true;
  let level = Number.POSITIVE_INFINITY;
  for (let i = line - 1; i >= first && level > 0; i--) {
    const indent = lines[i]?.search(/\S/) ?? -1;
    if (indent < 0 || indent >= level || ownLine.test(lines[i] ?? '')) continue;
    if (allows(i) || above(i)) return true;
    level = indent;
  }
  return false;
}

const comment = /(?:^|\s)#\s*kb-check:\s*allow\s+([\w,\s-]+?)\s*$/;
const ownLine = /^\s*#/;
