import type { MessageEntity } from 'telegraf/types';
import { type Block, type Inline, parseMarkup } from '../../conversation/markup.ts';

/** A text and what of it is bold, a link, … (offsets in UTF-16 units). Never markup strings: nothing in a text can break it. */
export interface Rich {
  text: string;
  entities: MessageEntity[];
}

/** Longest text of one message. */
export const maxText = 4096;
/** Telegram shows so many entities of a message and drops the rest. */
const mostEntities = 100;

/** A text in the Markdown subset as Telegram shows it. Where that would be too long (bullets of nested lists need room) the source is sent plain. */
export function format(markdown: string): Rich {
  const { text, entities } = join(parseMarkup(markdown).map(block), '\n\n');
  if (text.length > maxText) return { text: markdown, entities: [] };
  return { text, entities: entities.slice(0, mostEntities) };
}

function block(node: Block): Rich {
  if (node.type === 'paragraph') return inlines(node.children);
  const items = node.items.map((item, n) => {
    const mark = node.ordered ? `${node.start + n}. ` : '• ';
    return join([plain(mark), indent(join(item.map(block), '\n'), mark.length)], '');
  });
  return join(items, '\n');
}

function inlines(nodes: Inline[]): Rich {
  return join(nodes.map(inline), '');
}

function inline(node: Inline): Rich {
  if (node.type === 'text') return plain(node.text);
  if (node.type === 'break') return plain('\n');
  const inner = inlines(node.children);
  if (node.type === 'link') return link(node.href, inner);
  return wrap(inner, { type: node.type === 'strong' ? 'bold' : 'italic' });
}

// Telegram links http(s) only, and finds addresses and telephone numbers in plain text by itself.
function link(href: string, inner: Rich): Rich {
  const shown = href.replace(/^(mailto|tel):/, '');
  if (inner.text === shown || `http://${inner.text}` === href) return inner;
  if (/^https?:/.test(href)) return wrap(inner, { type: 'text_link', url: href });
  return join([inner, plain(` (${shown})`)], '');
}

type Kind = { type: 'bold' | 'italic' } | { type: 'text_link'; url: string };

function wrap(inner: Rich, kind: Kind): Rich {
  if (!/\S/.test(inner.text)) return inner;
  return { text: inner.text, entities: [{ ...kind, offset: 0, length: inner.text.length }, ...inner.entities] };
}

function plain(text: string): Rich {
  return { text, entities: [] };
}

function join(parts: Rich[], separator: string): Rich {
  const whole: Rich = { text: '', entities: [] };
  for (const [n, part] of parts.entries()) {
    if (n > 0) whole.text += separator;
    for (const entity of part.entities) whole.entities.push({ ...entity, offset: entity.offset + whole.text.length });
    whole.text += part.text;
  }
  return whole;
}

/** The lines after the first moved in, as an item's are. */
function indent({ text, entities }: Rich, by: number): Rich {
  const moved = (at: number) => at + by * (text.slice(0, at).split('\n').length - 1);
  return {
    text: text.replaceAll('\n', `\n${' '.repeat(by)}`),
    entities: entities.map((entity) => ({
      ...entity,
      offset: moved(entity.offset),
      length: moved(entity.offset + entity.length) - moved(entity.offset),
    })),
  };
}
