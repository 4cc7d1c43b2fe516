import { escapeHtml, html } from '../../conversation/html.ts';
import { parseMarkup } from '../../conversation/markup.ts';
import type { PublicTopic } from './public-topics.ts';
import type { Html } from './template.ts';

/** Questions with their answers for search engines: schema.org FAQPage as JSON-LD. What it says must stand on the page too. `note`: before what people decide. */
export function faqData(topics: PublicTopic[], language: string, note: string): Html {
  return data({
    '@context': 'https://schema.org',
    '@type': 'FAQPage',
    inLanguage: language,
    mainEntity: topics.map(({ title, markdown, person }) => ({
      '@type': 'Question',
      name: title,
      acceptedAnswer: { '@type': 'Answer', text: (person ? `<p>${escapeHtml(note)}</p>\n` : '') + html(parseMarkup(markdown)) },
    })),
  });
}

/** Where a page stands, from the outermost in: schema.org BreadcrumbList as JSON-LD. */
export function pathData(steps: { name: string; url: string }[]): Html {
  return data({
    '@context': 'https://schema.org',
    '@type': 'BreadcrumbList',
    itemListElement: steps.map(({ name, url }, at) => ({ '@type': 'ListItem', position: at + 1, name, item: url })),
  });
}

// A data block runs nothing, so a strict policy allows it; no text in it may end the element.
function data(value: object): Html {
  return { html: `<script type="application/ld+json">${JSON.stringify(value).replaceAll('<', '\\u003c')}</script>` };
}
