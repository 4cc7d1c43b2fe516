import { escapeHtml } from '../../conversation/html.ts';
import type { Knowledge } from '../../kb/topic.ts';
import { publicIds } from './public-topics.ts';

/** sitemap.xml: every page of the help with its other languages (sitemaps.org, and the hreflang extension). */
export function sitemap(knowledge: Knowledge, origin: string): string {
  const pages = new Map<string, string[]>();
  for (const code of knowledge.languages)
    for (const id of ['', ...publicIds(knowledge, code)]) pages.set(id, [...(pages.get(id) ?? []), code]);
  const address = (code: string, id: string) => escapeHtml(`${origin}/help/${code}/${id}`);
  const urls = [...pages].flatMap(([id, codes]) => {
    const others = codes.map((code) => `<xhtml:link rel="alternate" hreflang="${code}" href="${address(code, id)}"/>`).join('');
    return codes.map((code) => `<url><loc>${address(code, id)}</loc>${others}</url>`);
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n${urls.join('\n')}\n</urlset>\n`;
}

/** robots.txt: the help for everybody, the rest is nothing to find. */
export function robots(origin: string): string {
  return `User-agent: *\nDisallow: /desk\nDisallow: /api/\nDisallow: /chat/\nDisallow: /help/search\nDisallow: /help/topic\nSitemap: ${origin}/sitemap.xml\n`;
}
