import type { Block, Inline, Markup } from './markup.ts';

/** A text for channels without markup: items as `• ` or `1. `, links as `text (address)`, emphasis left out. */
export function plainText(markup: Markup): string {
  return markup.map((block) => blockText(block)).join('\n\n');
}

function blockText(block: Block): string {
  if (block.type === 'paragraph') return inlineText(block.children);
  return block.items
    .map((item, i) => {
      const mark = block.ordered ? `${block.start + i}. ` : '• ';
      const text = item.map((inner) => blockText(inner)).join('\n');
      return mark + text.replaceAll('\n', `\n${' '.repeat(mark.length)}`);
    })
    .join('\n');
}

function inlineText(children: Inline[]): string {
  return children.map(oneText).join('');
}

function oneText(node: Inline): string {
  if (node.type === 'text') return node.text;
  if (node.type === 'break') return '\n';
  const text = inlineText(node.children);
  if (node.type !== 'link') return text;
  const shown = node.href.replace(/^(mailto|tel):/, '');
  const told = text === shown || `http://${text}` === node.href;
  return told ? text : `${text} (${shown})`;
}
