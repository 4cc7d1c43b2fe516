import { z } from 'zod';
import { maxChatLength } from '../conversation/message.ts';
import { answerText, titleOf } from '../dialogue/say.ts';
import { type Known, topicFacts } from '../dialogue/understand.ts';
import { variable } from '../kb/variables.ts';
import type { Words } from '../words.ts';
import type { Http, ZodTypeProvider } from './http.ts';

/** What the chat page asks before anything is said: its settings, search-as-you-type over the public topics, one topic's text. */
export function helpRoutes(http: Http, { words, known }: { words: Words; known(): Known }): void {
  const typed = http.withTypeProvider<ZodTypeProvider>();
  const language = z
    .string()
    .max(20)
    .default('')
    .describe('Code of a language; another than the desk speaks counts as its default language');
  const spoken = (code: string) => {
    const { languages, desk } = known().knowledge;
    return languages.includes(code) ? code : desk.defaultLanguage;
  };

  const config = z.object({
    brand: z.string(),
    languages: z.array(z.object({ code: z.string(), name: z.string() })),
    language: z.string(),
    privacyUrl: z.string().optional(),
    maxLength: z.number(),
  });
  typed.get(
    '/chat/config',
    {
      schema: {
        tags: ['help'],
        summary: 'What the chat shows before anything is said',
        querystring: z.strictObject({ language }),
        response: { 200: config },
      },
    },
    async ({ query }) => {
      const { knowledge } = known();
      const code = spoken(query.language);
      const languages = knowledge.languages.map((each) => ({ code: each, name: words(each, 'bot:language_name') }));
      return {
        brand: knowledge.desk.brand,
        languages,
        language: code,
        privacyUrl: variable('privacyUrl', knowledge, code),
        maxLength: maxChatLength,
      };
    },
  );

  const hit = z.object({ id: z.string(), title: z.string() });
  typed.get(
    '/help/search',
    {
      schema: {
        tags: ['help'],
        summary: 'Public topics as one types',
        querystring: z.strictObject({ language, q: z.string().max(200).default('') }),
        response: { 200: z.array(hit) },
      },
    },
    async ({ query }) => {
      const { knowledge, search } = known();
      const code = spoken(query.language);
      const found = query.q.trim() ? search.find(query.q, code, 12).map(({ id }) => id) : [...knowledge.topics.keys()];
      const shown = found.filter((id) => isPublic(known(), id)).slice(0, 6);
      return shown.map((id) => ({ id, title: titleOf(id, { knowledge, language: code }) }));
    },
  );

  const topic = z.object({ id: z.string(), title: z.string(), markdown: z.string(), language: z.string() });
  const missing = z.object({ code: z.string(), message: z.string() });
  typed.get(
    '/help/topic',
    {
      schema: {
        tags: ['help'],
        summary: 'One public topic',
        querystring: z.strictObject({ language, id: z.string().max(200) }),
        response: { 200: topic, 404: missing },
      },
    },
    async ({ query }, reply) => {
      if (!isPublic(known(), query.id)) return reply.status(404).send({ code: 'not-found', message: 'There is no such topic.' });
      const { knowledge } = known();
      const voice = { words, knowledge, language: spoken(query.language), channel: '', turn: 0 };
      return { id: query.id, title: titleOf(query.id, voice), markdown: answerText(query.id, voice), language: voice.language };
    },
  );
}

/** Topics that everybody may read: those that the bot answers by itself. */
function isPublic({ knowledge }: Known, id: string): boolean {
  return topicFacts(knowledge, id, new Date())?.policy === 'answer';
}
