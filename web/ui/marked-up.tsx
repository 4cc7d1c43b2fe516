import { type Block, type Inline, parseMarkup } from './markup.ts';

/** A text in the Markdown subset on the screen. Only nodes and text are made, never HTML from a string. */
export function MarkedUp({ text }: { text: string }) {
  return <>{parseMarkup(text).map(block)}</>;
}

function block(node: Block) {
  if (node.type === 'paragraph') return <p>{node.children.map(inline)}</p>;
  const items = node.items.map((item) => (
    <li>{item.map((inner) => (inner.type === 'paragraph' ? inner.children.map(inline) : block(inner)))}</li>
  ));
  return node.ordered ? <ol start={node.start}>{items}</ol> : <ul>{items}</ul>;
}

function inline(node: Inline) {
  switch (node.type) {
    case 'text':
      return node.text;
    case 'break':
      return <br />;
    case 'strong':
      return <strong class={isShortWord(node.children) ? 'whole' : undefined}>{node.children.map(inline)}</strong>;
    case 'em':
      return <em>{node.children.map(inline)}</em>;
    case 'link':
      return (
        <a href={node.href} target="_blank" rel="noopener noreferrer">
          {node.children.map(inline)}
        </a>
      );
  }
}

/** A ticket's number, an amount: its hyphen is no place to break the line. */
function isShortWord([first, ...more]: Inline[]): boolean {
  return first?.type === 'text' && more.length === 0 && /^\S{1,16}$/.test(first.text);
}
