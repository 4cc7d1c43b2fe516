import { z } from 'zod';
import { readBanners } from '../delivery/announcement-banner.ts';
import type { Known } from '../dialogue/understand.ts';
import type { Db } from '../store/connection.ts';
import { answers } from './desk/answers.ts';
import type { Http, ZodTypeProvider } from './http.ts';

const banners = z.object({
  banners: z.array(z.object({ id: z.int(), text: z.string().describe('In the Markdown subset') })),
});

/** GET /chat/banner: what stands above the chat in the browser now, for everybody. */
export function bannerRoutes(http: Http, { db, known }: { db: Db; known(): Known }): void {
  http.withTypeProvider<ZodTypeProvider>().get(
    '/chat/banner',
    {
      schema: {
        tags: ['chat'],
        summary: 'Announcements that stand above the chat now, newest first',
        querystring: z.strictObject({ language: z.string().max(20).default('en') }),
        response: answers(banners),
      },
    },
    async ({ query }, reply) => {
      reply.header('cache-control', 'public, max-age=15');
      return { banners: await readBanners(db, query.language, known().knowledge.desk.defaultLanguage) };
    },
  );
}
