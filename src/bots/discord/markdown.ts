import { type Block, type Inline, parseMarkup } from '../../conversation/markup.ts';

/** A text in the Markdown subset as Discord's Markdown: what the subset does not have (mentions, code, spoilers, headings) is escaped and shows as it was written. */
export function discordMarkdown(text: string): string {
  return parseMarkup(text).map(blockText).join('\n\n');
}

/** Plain text that Discord shows as it is. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\\*_~`|<>[\]]/g, '\\$&')
    .replace(/^([ \t]*)([#+-])/gm, '$1\\$2')
    .replace(/^([ \t]*\d+)([.)])/gm, '$1\\$2');
}

function blockText(block: Block): string {
  if (block.type === 'paragraph') return inlineText(block.children, false);
  return block.items
    .map((item, n) => {
      const mark = block.ordered ? `${block.start + n}. ` : '- ';
      return (
        mark +
        item
          .map(blockText)
          .join('\n')
          .replaceAll('\n', `\n${' '.repeat(mark.length)}`)
      );
    })
    .join('\n');
}

function inlineText(nodes: Inline[], inStrong: boolean): string {
  return nodes.map((node) => oneText(node, inStrong)).join('');
}

function oneText(node: Inline, inStrong: boolean): string {
  switch (node.type) {
    case 'text':
      return escapeMarkdown(node.text);
    case 'break':
      return '\n';
    case 'link':
      return link(node.href, node.children, inStrong);
    default: {
      // Three asterisks in a row would be read in more than one way.
      const mark = node.type === 'strong' ? '**' : inStrong ? '_' : '*';
      return `${mark}${inlineText(node.children, inStrong || node.type === 'strong')}${mark}`;
    }
  }
}

// Angle brackets keep escapes out of the address and its preview out of the chat. Discord links http and https only, and shows a link whose text is
// itself an address as the bare source, so such a text stands before its address.
function link(href: string, children: Inline[], inStrong: boolean): string {
  const shown = href.replace(/^(mailto|tel):/, '');
  const plain = children.map((child) => (child.type === 'text' ? child.text : '')).join('');
  const web = /^https?:/.test(href) && !/[\s<>]/.test(href);
  const address = web ? `<${href}>` : escapeMarkdown(shown);
  if (plain === shown || `http://${plain}` === href) return address;
  const text = inlineText(children, inStrong);
  return web && !/:\/\/|www\.|\w\.\w/.test(plain) ? `[${text}](${address})` : `${text} (${address})`;
}
