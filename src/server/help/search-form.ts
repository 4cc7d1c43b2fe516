import type { Words } from '../../words.ts';
import { type Html, h } from './template.ts';

/** The search over the help: a plain form, no script needed. */
export function searchForm(words: Words, language: string, q = ''): Html {
  const t = (key: string) => words(language, `help:${key}`);
  return h`<form class="search" role="search" action="/help/${language}/" method="get">
<input type="search" name="q" value="${q}" placeholder="${t('search_hint')}" aria-label="${t('search_label')}" maxlength="200" autocomplete="off">
<button type="submit">${t('search')}</button>
</form>`;
}
