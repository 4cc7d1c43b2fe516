/** A text in the Markdown subset as a tree; the same shape as the server's own (src/conversation/markup.ts), which tests hold it to. */
export type Block = { type: 'paragraph'; children: Inline[] } | { type: 'list'; ordered: boolean; start: number; items: Block[][] };

export type Inline =
  | { type: 'text'; text: string }
  | { type: 'break' }
  | { type: 'strong' | 'em'; children: Inline[] }
  | { type: 'link'; href: string; children: Inline[] };

/** Reads paragraphs, line breaks, lists, **strong**, *em*, [links](https://…) and bare addresses. All else stays the text that it is. Never throws. */
export function parseMarkup(text: string): Block[] {
  return blocks(text.replace(/\r\n?/g, '\n').slice(0, 20_000).split('\n'), 0);
}

const item = /^( *)(?:([-*+])|(\d{1,9})[.)]) +(\S.*)$/;

function blocks(lines: string[], depth: number): Block[] {
  const result: Block[] = [];
  let paragraph: string[] = [];
  const flush = () => {
    if (paragraph.length > 0) result.push({ type: 'paragraph', children: inlines(paragraph.map((line) => line.trim()).join('\n'), 0) });
    paragraph = [];
  };
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const found = depth < 5 ? item.exec(line) : null;
    // A number amid a paragraph is a list only where it is 1, as in CommonMark.
    if (found && (paragraph.length === 0 || !found[3] || found[3] === '1')) {
      flush();
      const read = list(lines, at, depth);
      result.push(read.block);
      at = read.next - 1;
    } else if (line.trim() === '') flush();
    else paragraph.push(line);
  }
  flush();
  return result;
}

/** Reads the list that begins at a line: items of one kind, with what is indented below them. */
function list(lines: string[], begin: number, depth: number): { block: Block; next: number } {
  const first = item.exec(lines[begin] ?? '');
  const ordered = Boolean(first?.[3]);
  const indent = first?.[1]?.length ?? 0;
  const items: string[][] = [];
  let at = begin;
  for (; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const found = item.exec(line);
    if (found && (found[1]?.length ?? 0) < indent + 2) {
      if (Boolean(found[3]) !== ordered || (found[1]?.length ?? 0) < indent) break;
      items.push([found[4] ?? '']);
    } else if (line.trim() === '') {
      const after = lines.slice(at).find((next) => next.trim() !== '') ?? '';
      if (!item.test(after) && !after.startsWith(' '.repeat(indent + 2))) break;
      items.at(-1)?.push('');
    } else items.at(-1)?.push(found ? line : line.trim());
  }
  const start = ordered ? Number(first?.[3]) : 0;
  return { block: { type: 'list', ordered, start, items: items.map((inner) => blocks(dedent(inner), depth + 1)) }, next: at };
}

function dedent(lines: string[]): string[] {
  const width = Math.min(
    ...lines
      .slice(1)
      .filter((line) => line.startsWith(' '))
      .map((line) => line.search(/\S/)),
    20,
  );
  return lines.map((line, n) => (n > 0 && line.startsWith(' ') ? line.slice(width) : line));
}

const address = String.raw`(?:https?:\/\/|www\.)[^\s<>]*[^\s<>.,;:!?'"*_~)\]]`;
// Looked for from its first sign only: from each of a long word's signs it would take the square of its length.
const mail = String.raw`(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+`;
const inlineParts = new RegExp(
  String.raw`\\([!-/:-@[-\x60{-~])|\*\*(\S|\S[\s\S]*?\S)\*\*(?!\*)|(?<![\w*])\*(?=[^\s*])([^*]*[^\s*])\*(?!\*)|\[([^\[\]]*)\]\(([^\s()]*)\)|(${address})|(${mail})|(\n)`,
  'gu',
);

function inlines(text: string, depth: number): Inline[] {
  const result: Inline[] = [];
  const add = (piece: string) => {
    const last = result.at(-1);
    if (!piece) return;
    if (last?.type === 'text') last.text += piece;
    else result.push({ type: 'text', text: piece });
  };
  let end = 0;
  for (const found of depth < 5 ? text.matchAll(inlineParts) : []) {
    const [whole, escaped, strong, em, label, href, bare, mailbox, line] = found;
    add(text.slice(end, found.index));
    end = found.index + whole.length;
    const target = href ?? (bare ? (bare.startsWith('www.') ? `http://${bare}` : bare) : mailbox ? `mailto:${mailbox}` : undefined);
    if (escaped) add(escaped);
    else if (strong) result.push({ type: 'strong', children: inlines(strong, depth + 1) });
    else if (em) result.push({ type: 'em', children: inlines(em, depth + 1) });
    else if (line) result.push({ type: 'break' });
    else if (target !== undefined && safeLink(target))
      result.push({ type: 'link', href: target, children: label === undefined ? [{ type: 'text', text: whole }] : inlines(label, 5) });
    else add(whole);
  }
  add(text.slice(end));
  return result;
}

/** True for an absolute address of a harmless kind, without a user name that hides the host. */
function safeLink(href: string): boolean {
  if (!URL.canParse(href)) return false;
  const { protocol, username, password } = new URL(href);
  return ['http:', 'https:', 'mailto:', 'tel:'].includes(protocol) && !username && !password;
}
