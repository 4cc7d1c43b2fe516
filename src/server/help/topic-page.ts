import { html } from '../../conversation/html.ts';
import { parseMarkup } from '../../conversation/markup.ts';
import { plainText } from '../../conversation/plain-text.ts';
import { titleOf } from '../../dialogue/say.ts';
import type { Known } from '../../dialogue/understand.ts';
import { localised } from '../../kb/variables.ts';
import type { Words } from '../../words.ts';
import type { Page } from './layout.ts';
import { isPublic, publicTopic } from './public-topics.ts';
import { searchForm } from './search-form.ts';
import { faqData, pathData } from './structured-data.ts';
import { h } from './template.ts';

const descriptionLength = 160;

/** The page of one topic; undefined where it is not public or not written in that language. */
export function topicPage(known: Known, words: Words, language: string, id: string, origin: string): Page | undefined {
  const { knowledge } = known;
  const { texts = {}, related = [] } = knowledge.topics.get(id) ?? {};
  const topic = Object.hasOwn(texts, language) ? publicTopic(known, words, id, language) : undefined;
  if (!topic) return undefined;
  const brand = knowledge.desk.brand;
  const t = (key: string, values?: object) => words(language, `help:${key}`, { brand, ...values });
  const place = (code: string) => `/help/${code}/${id}`;
  const department = knowledge.departments.find((each) => each.id === topic.department)?.name;
  const near = related.filter((other) => isPublic(knowledge, other) && knowledge.topics.get(other)?.texts[language]);
  const markup = parseMarkup(topic.markdown);
  return {
    language,
    title: `${topic.title} · ${brand}`,
    description: shorten(plainText(markup)),
    path: place(language),
    translations: Object.fromEntries(knowledge.languages.filter((code) => Object.hasOwn(texts, code)).map((code) => [code, place(code)])),
    head: [
      faqData([topic], language, t('person')),
      pathData([
        { name: t('home'), url: `${origin}/help/${language}/` },
        { name: topic.title, url: `${origin}${place(language)}` },
      ]),
    ],
    main: h`<div class="topic">
<nav class="path" aria-label="${t('path')}"><a href="/help/${language}/">${t('home')}</a>${
      department !== undefined &&
      h`<span aria-hidden="true">›</span><span>${localised(department, language, knowledge.desk.defaultLanguage) ?? ''}</span>`
    }</nav>
<article class="card"><h1>${topic.title}</h1>
${topic.person && h`<p class="note">${t('person')}</p>`}
<div class="prose">${{ html: html(markup) }}</div>
${topic.pictures.map(({ url, alt }) => h`<figure><a href="${url}"><img src="${url}" alt="${alt}" loading="lazy"></a></figure>`)}
</article>
<aside class="card ask"><h2>${t('still')}</h2><p>${t('still_text')}</p><a class="button" href="/?lang=${language}">${t('write_us')}</a></aside>
${near.length > 0 && h`<section class="card" aria-labelledby="related"><h2 id="related">${t('related')}</h2><ul class="links">${near.map((other) => h`<li><a href="${`/help/${language}/${other}`}">${titleOf(other, { knowledge, language })}</a></li>`)}</ul></section>`}
${searchForm(words, language)}
</div>`,
  };
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= descriptionLength ? line : `${line.slice(0, descriptionLength).replace(/\s\S*$/, '')}…`;
}
