import { Lexer, type Token, Tokenizer } from 'marked';

/** A text in the Markdown subset as a neutral tree, which every channel shows in its own way. */
export type Markup = Block[];

/** A paragraph or a list. */
export type Block =
  | { type: 'paragraph'; children: Inline[] }
  /** `start`: number of the first item where ordered, else 0. */
  | { type: 'list'; ordered: boolean; start: number; items: Block[][] };

/** What stands in a line. */
export type Inline =
  | { type: 'text'; text: string }
  | { type: 'break' }
  | { type: 'strong' | 'em'; children: Inline[] }
  /** `href` is an absolute http, https, mailto or tel address. */
  | { type: 'link'; href: string; children: Inline[] };

/**
 * Reads the Markdown subset: paragraphs, line breaks, lists, **strong**, *em*, [links](https://…) and bare addresses.
 * All else (headings, tables, HTML, images, unsafe links) stays visible as the text that it is; so does a text over `longest`. Never throws.
 */
export function parseMarkup(text: string): Markup {
  if (text.length > longest) return plain(text);
  try {
    return blocks(new Lexer({ gfm: true, breaks: true, tokenizer: subset }).lex(text), 0);
  } catch {
    return plain(text);
  }
}

/** True for a link that a channel may show: absolute, of a harmless kind, without a user name that hides the host. */
export function safeLink(href: string): boolean {
  if (!URL.canParse(href)) return false;
  const { protocol, username, password } = new URL(href);
  return ['http:', 'https:', 'mailto:', 'tel:'].includes(protocol) && !username && !password;
}

/** Characters that are parsed at most: the parser's worst cases grow with the square of the length (0.1 s here). */
const longest = 10_000;
const deepest = 20;

const plain = (text: string): Markup => [{ type: 'paragraph', children: [{ type: 'text', text }] }];

const never = () => undefined;
/** Marked's tokenizer without what is not in the subset. */
const subset = Object.assign(new Tokenizer(), {
  code: never,
  fences: never,
  heading: never,
  hr: never,
  blockquote: never,
  html: never,
  def: never,
  table: never,
  lheading: never,
  tag: never,
  reflink: never,
  codespan: never,
  del: never,
});

function blocks(tokens: Token[], depth: number): Block[] {
  const result: Block[] = [];
  for (const token of tokens) {
    if (token.type === 'space') continue;
    if (token.type === 'list' && depth < deepest) {
      const items: { tokens: Token[] }[] = token.items;
      const start = token.ordered ? Number(token.start) : 0;
      result.push({ type: 'list', ordered: Boolean(token.ordered), start, items: items.map((item) => blocks(item.tokens, depth + 1)) });
    } else {
      const children = 'tokens' in token && token.tokens && token.type !== 'list' ? inlines(token.tokens, depth) : [textOf(token.raw)];
      result.push({ type: 'paragraph', children });
    }
  }
  return result;
}

function inlines(tokens: Token[], depth: number): Inline[] {
  const result: Inline[] = [];
  for (const token of tokens) {
    const node = inline(token, depth + 1);
    const last = result.at(-1);
    if (node.type === 'text' && last?.type === 'text') last.text += node.text;
    else result.push(node);
  }
  return result;
}

function inline(token: Token, depth: number): Inline {
  const children = 'tokens' in token && depth < deepest ? token.tokens : undefined;
  if ((token.type === 'strong' || token.type === 'em') && children) return { type: token.type, children: inlines(children, depth) };
  if (token.type === 'link' && children && safeLink(token.href))
    return { type: 'link', href: token.href, children: inlines(children, depth) };
  if (token.type === 'br') return { type: 'break' };
  return textOf(token.type === 'text' || token.type === 'escape' ? token.text : token.raw);
}

const textOf = (text: string): Inline => ({ type: 'text', text });
