import type { Words } from '../../words.ts';
import { type Html, h } from './template.ts';

/** What a page of the help is made of. */
export interface Page {
  language: string;
  title: string;
  description: string;
  /** Its address on this server, as a path; undefined: not for search engines. */
  path?: string;
  /** The same page in every language that has it, by code, as paths. */
  translations: Record<string, string>;
  /** More for the head: structured data. */
  head?: Html[];
  main: Html;
}

/** What all pages of the help share. */
export interface Frame {
  words: Words;
  brand: string;
  /** Address of this server, without a slash at its end. */
  origin: string;
  /** All languages of the desk. */
  languages: string[];
  privacyUrl?: string;
  /** web/help/index.html as built: a page with places for `lang`, head and body. */
  template: string;
}

/** A whole page: what search engines want in the head, the way between languages, and the chat in the corner for those who have scripts. */
export function layOut(page: Page, frame: Frame): string {
  const { words, brand, origin, languages, privacyUrl, template } = frame;
  const { language, path } = page;
  const t = (key: string, values?: object) => words(language, `help:${key}`, { brand, ...values });
  const alternates = Object.entries(page.translations);
  const head = h`<title>${page.title}</title>
<meta name="description" content="${page.description}">
${path === undefined ? h`<meta name="robots" content="noindex">` : h`<link rel="canonical" href="${origin}${path}">`}
${path === undefined ? [] : alternates.map(([code, to]) => h`<link rel="alternate" hreflang="${code}" href="${origin}${to}">\n`)}
<meta property="og:type" content="website">
<meta property="og:site_name" content="${brand}">
<meta property="og:title" content="${page.title}">
<meta property="og:description" content="${page.description}">
${page.head ?? []}
<script async src="/widget.js" data-language="${language}"></script>`;
  const body = h`<a class="skip" href="#main">${t('skip')}</a>
<header class="top"><div class="wide">
<a class="brand" href="/help/${language}/"><span class="mark" aria-hidden="true">${[...brand][0]?.toLocaleUpperCase(language) ?? ''}</span>${t('home')}</a>
<nav aria-label="${t('languages')}"><ul class="languages">${languages.map((code) => {
    const name = words(code, 'bot:language_name');
    const to = page.translations[code] ?? `/help/${code}/`;
    return code === language
      ? h`<li><span aria-current="true" lang="${code}">${name}</span></li>`
      : h`<li><a href="${to}" hreflang="${code}" lang="${code}">${name}</a></li>`;
  })}</ul></nav>
</div></header>
<main id="main" class="wide">${page.main}</main>
<footer class="wide"><p><a href="/?lang=${language}">${t('write_us')}</a>${privacyUrl !== undefined && h` · <a href="${privacyUrl}">${t('privacy')}</a>`}</p></footer>`;
  return template
    .replace(/<html lang="[^"]*"/, () => `<html lang="${language}"`)
    .replace('<!--head-->', () => head.html)
    .replace('<!--body-->', () => body.html);
}
