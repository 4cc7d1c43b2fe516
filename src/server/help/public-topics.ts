import { answerText, titleOf } from '../../dialogue/say.ts';
import { type Known, topicFacts } from '../../dialogue/understand.ts';
import type { Knowledge } from '../../kb/topic.ts';
import type { Words } from '../../words.ts';

/** What everybody may read of a topic. */
export interface PublicTopic {
  id: string;
  title: string;
  /** Markdown subset. */
  markdown: string;
  language: string;
  department: string;
  /** People decide it; the text says what to expect of them and what to have ready. */
  person: boolean;
  pictures: { url: string; alt: string }[];
}

/** True for a topic that is on today: what the bot says of it, everybody may read. */
export function isPublic(knowledge: Knowledge, id: string): boolean {
  return topicFacts(knowledge, id, new Date()) !== undefined;
}

/** Ids of the public topics that are written in a language. */
export function publicIds(knowledge: Knowledge, language: string): string[] {
  return [...knowledge.topics.values()]
    .filter(({ id, texts }) => isPublic(knowledge, id) && Object.hasOwn(texts, language))
    .map(({ id }) => id);
}

/** A public topic in a language (where it lacks that, in the default one); undefined for any other id. */
export function publicTopic(known: Known, words: Words, id: string, language: string): PublicTopic | undefined {
  const { knowledge } = known;
  const topic = knowledge.topics.get(id);
  if (!topic || !isPublic(knowledge, id)) return undefined;
  const voice = { words, knowledge, language, channel: '', turn: 0 };
  return {
    id,
    title: titleOf(id, voice),
    markdown: answerText(id, voice),
    language,
    department: topic.department,
    person: topic.policy === 'handoff',
    pictures: topic.media.map(({ file, alt }) => ({
      url: pictureUrl(file),
      alt: alt[language] ?? alt[knowledge.desk.defaultLanguage] ?? '',
    })),
  };
}

/** Public topics for what somebody looks for, best first: titles that begin so, then as the bot would understand it, then titles that are like it. */
export function findPublic({ knowledge, search }: Known, q: string, language: string, limit: number): string[] {
  const titles = search.find(q, language, limit * 2);
  const begun = titles.filter(({ score }) => score >= begins);
  const understood = search.match(q, { language }).topics.filter(({ score }) => score >= likely);
  const found = new Set([...begun, ...understood, ...titles].map(({ id }) => id));
  return [...found].filter((id) => isPublic(knowledge, id)).slice(0, limit);
}

// What Search.find gives at least to a title with a word that begins as asked.
const begins = 0.9;
// A tenth of a chance is worth a line in a list.
const likely = 0.1;

/** Where a picture of an answer is served. */
export function pictureUrl(file: string): string {
  return `/help/media/${file.split('/').map(encodeURIComponent).join('/')}`;
}
