import type { Knowledge } from '../../kb/topic.ts';
import type { Words } from '../../words.ts';
import type { Page } from './layout.ts';
import { searchForm } from './search-form.ts';
import { h } from './template.ts';

/** The page for a topic that is not (any more). */
export function missingPage(knowledge: Knowledge, words: Words, language: string): Page {
  const t = (key: string) => words(language, `help:${key}`, { brand: knowledge.desk.brand });
  return {
    language,
    title: `${t('missing')} · ${knowledge.desk.brand}`,
    description: t('missing_text'),
    translations: Object.fromEntries(knowledge.languages.map((code) => [code, `/help/${code}/`])),
    main: h`<div class="topic"><article class="card"><h1>${t('missing')}</h1><p>${t('missing_text')}</p>${searchForm(words, language)}
<p><a href="/help/${language}/">${t('all_topics')}</a></p></article></div>`,
  };
}
