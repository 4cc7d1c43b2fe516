import { html } from '../../conversation/html.ts';
import { parseMarkup } from '../../conversation/markup.ts';
import { titleOf } from '../../dialogue/say.ts';
import type { Known } from '../../dialogue/understand.ts';
import { localised } from '../../kb/variables.ts';
import type { Words } from '../../words.ts';
import type { Page } from './layout.ts';
import { findPublic, type PublicTopic, publicTopic } from './public-topics.ts';
import { searchForm } from './search-form.ts';
import { faqData } from './structured-data.ts';
import { type Html, h } from './template.ts';

/** What the first page is made from. `ranked`: ids of the public topics of that language, the most asked first. */
export interface IndexParts {
  known: Known;
  words: Words;
  language: string;
  ranked: string[];
  /** What somebody looks for; empty: nothing. */
  q: string;
}

const oftenAsked = 6;
const mostHits = 12;

/** The first page of the help: a search, the most asked questions with their answers in place, and all topics by department. */
export function indexPage({ known, words, language, ranked, q }: IndexParts): Page {
  const { knowledge } = known;
  const brand = knowledge.desk.brand;
  const t = (key: string, values?: object) => words(language, `help:${key}`, { brand, ...values });
  const translations = Object.fromEntries(knowledge.languages.map((code) => [code, `/help/${code}/`]));
  const link = (id: string) => h`<li><a href="/help/${language}/${id}">${titleOf(id, { knowledge, language })}</a></li>`;
  const top = ranked.slice(0, oftenAsked).flatMap((id) => publicTopic(known, words, id, language) ?? []);
  const shared = { language, description: t('description'), translations };
  const hero = (below: Html) =>
    h`<div class="hero"><h1>${t('heading')}</h1><p class="lead">${t('lead')}</p>${searchForm(words, language, q)}</div>${below}`;

  if (q) {
    const hits = findPublic(known, q, language, mostHits).filter((id) => ranked.includes(id));
    const found =
      hits.length > 0
        ? h`<h2>${t('results', { count: hits.length })}</h2><ul class="links">${hits.map(link)}</ul>`
        : h`<h2>${t('nothing')}</h2><p>${t('nothing_text')}</p><p><a class="button" href="/?lang=${language}">${t('write_us')}</a></p>`;
    const all = h`<p><a href="/help/${language}/">${t('all_topics')}</a></p>`;
    return { ...shared, title: `${q} · ${t('title')}`, main: hero(h`<section class="card found">${found}${all}</section>`) };
  }
  return {
    ...shared,
    title: t('title'),
    path: `/help/${language}/`,
    head: [faqData(top, language, t('person'))],
    main: hero(h`
<section aria-labelledby="often"><h2 id="often">${t('often')}</h2><div class="card often">${top.map((topic) => inPlace(topic, t('open'), t('person')))}</div></section>
<section aria-labelledby="all"><h2 id="all">${t('all_topics')}</h2><div class="departments">${departmentsOf(known, language, ranked).map(
      ({ name, ids }) => h`<section class="card"><h3>${name}</h3><ul class="links">${ids.map(link)}</ul></section>`,
    )}</div></section>`),
  };
}

function inPlace({ id, language, title, markdown, person }: PublicTopic, open: string, note: string): Html {
  return h`<details><summary>${title}</summary>${person && h`<p class="note">${note}</p>`}<div class="prose">${{ html: html(parseMarkup(markdown)) }}</div>
<p class="more"><a href="/help/${language}/${id}" aria-label="${open}: ${title}">${open}</a></p></details>`;
}

/** Departments in the order of their file, those that it lacks at the end, each with its topics. */
function departmentsOf({ knowledge }: Known, language: string, ranked: string[]): { name: string; ids: string[] }[] {
  const departmentOf = (id: string) => knowledge.topics.get(id)?.department ?? '';
  const named = knowledge.departments.map(({ id, name }) => ({
    id,
    name: localised(name, language, knowledge.desk.defaultLanguage) ?? id,
  }));
  const others = [...new Set(ranked.map(departmentOf))]
    .filter((id) => !named.some((each) => each.id === id))
    .map((id) => ({ id, name: id }));
  return [...named, ...others]
    .map(({ id, name }) => ({ name, ids: ranked.filter((topic) => departmentOf(topic) === id) }))
    .filter(({ ids }) => ids.length > 0);
}
