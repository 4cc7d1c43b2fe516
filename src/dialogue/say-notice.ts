import type { Notice } from '../handoff/notice.ts';
import { fill, localised } from '../kb/variables.ts';
import type { Voice } from './say.ts';

/** A notice as it is said before the answers of its topics; empty where it is written in no language that we could show. */
export function sayNotice({ texts }: Pick<Notice, 'texts'>, { words, knowledge, language }: Voice): string {
  const text = localised(texts, language, knowledge.desk.defaultLanguage);
  return text ? words(language, 'notice:now', { text: fill(text.trim(), knowledge, language) }) : '';
}
