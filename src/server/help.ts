import { z } from 'zod';
import { titleOf } from '../dialogue/say.ts';
import type { Known } from '../dialogue/understand.ts';
import type { Words } from '../words.ts';
import type { MostAsked } from './help/most-asked.ts';
import { findPublic, isPublic, publicTopic } from './help/public-topics.ts';
import type { Http, ZodTypeProvider } from './http.ts';

const mostHits = 6;

/** What the chat's own help asks: search-as-you-type over the public topics, one topic's text. */
export function helpRoutes(http: Http, { words, known, mostAsked }: { words: Words; known(): Known; mostAsked: MostAsked }): void {
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

  const hit = z.object({ id: z.string(), title: z.string() });
  typed.get(
    '/help/search',
    {
      schema: {
        tags: ['help'],
        summary: 'Public topics as one types; the most asked ones for nothing',
        querystring: z.strictObject({ language, q: z.string().max(200).default('') }),
        response: { 200: z.array(hit) },
      },
    },
    async ({ query }) => {
      const { knowledge } = known();
      const code = spoken(query.language);
      const all = () => mostAsked([...knowledge.topics.keys()], knowledge.desk.oftenAsked).filter((id) => isPublic(knowledge, id));
      const found = query.q.trim() ? findPublic(known(), query.q, code, mostHits) : all().slice(0, mostHits);
      return found.map((id) => ({ id, title: titleOf(id, { knowledge, language: code }) }));
    },
  );

  const topic = z.object({
    id: z.string(),
    title: z.string(),
    markdown: z.string(),
    language: z.string(),
    person: z.boolean().describe('True where people decide it'),
    pictures: z.array(z.object({ url: z.string(), alt: z.string() })),
  });
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
      const found = publicTopic(known(), words, query.id, spoken(query.language));
      return found ?? reply.status(404).send({ code: 'not-found', message: 'There is no such topic.' });
    },
  );
}
