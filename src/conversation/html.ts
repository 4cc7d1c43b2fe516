import type { Block, Inline, Markup } from './markup.ts';

/** A text as HTML that is safe to put into a page or a mail: everything that a person wrote is escaped, links open outside. */
export function html(markup: Markup): string {
  return markup.map(blockHtml).join('\n');
}

/** Text as HTML, also inside of quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function blockHtml(block: Block): string {
  if (block.type === 'paragraph') return `<p>${inlineHtml(block.children)}</p>`;
  const items = block.items.map((item) => `<li>${item.map(itemHtml).join('')}</li>`).join('');
  if (!block.ordered) return `<ul>${items}</ul>`;
  return block.start === 1 ? `<ol>${items}</ol>` : `<ol start="${block.start}">${items}</ol>`;
}

const itemHtml = (block: Block) => (block.type === 'paragraph' ? inlineHtml(block.children) : blockHtml(block));

function inlineHtml(children: Inline[]): string {
  return children.map(oneHtml).join('');
}

function oneHtml(node: Inline): string {
  switch (node.type) {
    case 'text':
      return escapeHtml(node.text);
    case 'break':
      return '<br>';
    case 'link':
      return `<a href="${escapeHtml(node.href)}" target="_blank" rel="noopener noreferrer">${inlineHtml(node.children)}</a>`;
    default:
      return `<${node.type}>${inlineHtml(node.children)}</${node.type}>`;
  }
}
