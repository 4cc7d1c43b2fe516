import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Known } from '../../dialogue/understand.ts';
import { answerSurvey, readSurvey, type SurveyAnswer } from '../../handoff/survey.ts';
import type { SurveyLinks } from '../../handoff/survey-link.ts';
import { variable } from '../../kb/variables.ts';
import type { Db } from '../../store/connection.ts';
import type { Words } from '../../words.ts';
import { layOut, type Page } from '../help/layout.ts';
import type { Http, ZodTypeProvider } from '../http.ts';
import { preferredLanguage } from '../preferred-language.ts';
import { type Asked, endedPage, surveyPage, thanksPage } from './page.ts';

interface Parts {
  db: Db;
  words: Words;
  links: SurveyLinks;
  known(): Known;
  origin(): string;
  /** The page's frame as built. */
  template: string;
}

const yesNo = z.enum(['yes', 'no']).optional().catch(undefined);
const score = z.coerce.number().int().min(1).max(5).optional().catch(undefined);
const hide = true;

/** The page of a survey, behind the links that go out where there are no buttons: /survey/{token}. A mail program that follows links changes nothing. */
export function surveyRoutes(http: Http, { db, words, links, known, origin, template }: Parts): void {
  http.register(async (scope) => {
    scope.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: 20_000 }, (_, body, done) =>
      done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );
    const typed = scope.withTypeProvider<ZodTypeProvider>();
    const params = z.object({ token: z.string().max(100) });

    typed.get('/survey/:token', { schema: { hide, params, querystring: z.object({ solved: yesNo, score }) } }, async (request, reply) => {
      const found = await read(request.params.token);
      if (!found) return ended(request, reply);
      const { solved, score: given } = request.query;
      if (found.done) return send(reply, thanksPage(found.asked, words));
      const chosen = { solved: solved === undefined ? found.asked.solved : solved === 'yes', score: given ?? found.asked.score };
      return send(reply, surveyPage({ ...found.asked, ...chosen }, words));
    });
    const body = z.object({ solved: yesNo, score, comment: z.string().trim().max(2000).catch('').default('') });
    typed.post(
      '/survey/:token',
      { config: { rateLimit: { max: 20, timeWindow: '1 minute' } }, schema: { hide, params, body } },
      async (request, reply) => {
        const found = await read(request.params.token);
        if (!found) return ended(request, reply);
        const { solved, score: given, comment } = request.body;
        const answers: SurveyAnswer[] = [
          ...(solved ? [{ solved: solved === 'yes' }] : []),
          ...(given === undefined ? [] : [{ score: given }]),
          ...(comment ? [{ comment }] : []),
        ];
        await db.transaction(async (tx) => {
          for (const answer of answers) await answerSurvey(tx, found.ticketId, answer);
        });
        return send(reply, answers.length > 0 ? thanksPage(found.asked, words) : surveyPage(found.asked, words, true));
      },
    );
  });

  async function read(token: string): Promise<{ ticketId: number; asked: Asked; done: boolean } | undefined> {
    const ticketId = links.read(token);
    if (ticketId === undefined) return undefined;
    const row = await readSurvey(db, ticketId);
    if (!row) return undefined;
    const { number, language, solved, score: given } = row;
    return { ticketId, asked: { ...frameOf(language), number, solved, score: given }, done: solved !== undefined && given !== undefined };
  }

  function frameOf(wanted: string): Omit<Asked, 'number'> {
    const { languages, desk } = known().knowledge;
    return { language: languages.includes(wanted) ? wanted : desk.defaultLanguage, languages, brand: desk.brand };
  }

  // Whose it was nobody knows any more: the browser's language.
  function ended(request: FastifyRequest, reply: FastifyReply) {
    return send(reply.status(410), endedPage(frameOf(preferredLanguage(request.headers['accept-language'], known().knowledge)), words));
  }

  function send(reply: FastifyReply, page: Page) {
    const { knowledge } = known();
    const privacyUrl = variable('privacyUrl', knowledge, page.language);
    const frame = { words, brand: knowledge.desk.brand, origin: origin(), languages: knowledge.languages, privacyUrl, template };
    return reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(layOut(page, frame));
  }
}
