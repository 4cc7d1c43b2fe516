import { z } from 'zod';
import { recordFact } from '../../conversation/event.ts';
import type { Known } from '../../dialogue/understand.ts';
import { Fault } from '../../errors.ts';
import type { Db } from '../../store/connection.ts';
import type { Http, ZodTypeProvider } from '../http.ts';
import { isPublic } from './public-topics.ts';

const rating = z.strictObject({ id: z.string().max(200), language: z.string().max(20), helped: z.boolean() });

/** POST /help/rating: whether a topic's text helped somebody who read it without writing. A beacon of the widget: JSON as plain text, so that any page may send it. */
export function ratingRoute(http: Http, { db, known }: { db: Db; known(): Known }): void {
  http.withTypeProvider<ZodTypeProvider>().post(
    '/help/rating',
    {
      config: { rateLimit: { max: 20, timeWindow: '1 minute' } },
      schema: {
        tags: ['help'],
        summary: 'Whether a public topic helped: { id, language, helped } as JSON in plain text',
        consumes: ['text/plain'],
        body: z.string().max(500),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const given = rating.safeParse(parse(request.body));
      const { knowledge } = known();
      if (!given.success || !isPublic(knowledge, given.data.id))
        throw new Fault('input.invalid', 'The rating names no public topic.', 'Send { id, language, helped } as JSON.');
      const { id, language, helped } = given.data;
      // What they read: a code of ours, never a text of theirs.
      const read = knowledge.languages.includes(language) ? language : knowledge.desk.defaultLanguage;
      await recordFact(db, { kind: 'rated', data: { topic: id, language: read, helped } });
      return reply.status(204).send(null);
    },
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
