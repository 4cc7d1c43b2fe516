import { convert } from 'html-to-text';

/**
 * Longer ones are read as far as this: what is kept of a text is a small part of it, and tags that are opened without end take the parser a time that
 * grows with the square. Characters.
 */
const mostHtml = 300_000;
/** Pictures that stand in the text itself, as letters. */
const picture = /data:[a-z]+\/[a-z0-9.+-]{1,60};base64,[A-Za-z0-9+/=\s]+/gi;

/** The text of an HTML mail as people read it: no styles, no images, quoted blocks marked with `> `. */
export function htmlText(html: string): string {
  return convert(html.replace(picture, '').slice(0, mostHtml), {
    wordwrap: false,
    limits: { maxDepth: 80, maxBaseElements: 50, maxChildNodes: 5_000, ellipsis: '' },
    selectors: [
      { selector: 'a', options: { ignoreHref: true } },
      { selector: 'img', format: 'skip' },
      { selector: 'title', format: 'skip' },
      { selector: 'p', options: { leadingLineBreaks: 2, trailingLineBreaks: 2 } },
      { selector: 'ul', options: { itemPrefix: '- ' } },
      { selector: 'blockquote', format: 'blockquote', options: { leadingLineBreaks: 1, trailingLineBreaks: 1, trimEmptyLines: false } },
      ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
      { selector: 'hr', options: { length: 32 } },
    ],
  });
}
