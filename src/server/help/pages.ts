import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Known } from '../../dialogue/understand.ts';
import { variable } from '../../kb/variables.ts';
import type { Words } from '../../words.ts';
import type { Http, ZodTypeProvider } from '../http.ts';
import { preferredLanguage } from '../preferred-language.ts';
import { indexPage } from './index-page.ts';
import { layOut, type Page } from './layout.ts';
import { missingPage } from './missing-page.ts';
import type { MostAsked } from './most-asked.ts';
import { publicIds } from './public-topics.ts';
import { readFrame } from './read-frame.ts';
import { robots, sitemap } from './sitemap.ts';
import { topicPage } from './topic-page.ts';

interface Parts {
  words: Words;
  known(): Known;
  mostAsked: MostAsked;
  /** Where people reach this server. */
  origin(): string;
  /** Folder of the built browser code. */
  dist: string;
}

/** The help as pages that anybody and any search engine can read, without a script: /help/{language}/ and one page a topic. */
export function helpPages(http: Http, { words, known, mostAsked, origin, dist }: Parts): void {
  const typed = http.withTypeProvider<ZodTypeProvider>();
  const template = readFrame(dist);
  const hide = true;
  const q = z.string().trim().max(200).catch('').default('');

  typed.get('/help', { schema: { hide } }, async (request, reply) => {
    reply.header('vary', 'accept-language');
    return reply.redirect(`/help/${preferredLanguage(request.headers['accept-language'], known().knowledge)}/`, 302);
  });
  typed.get('/help/:language', { schema: { hide, querystring: z.object({ q }) } }, async (request, reply) => {
    const { language } = request.params as { language: string };
    const { knowledge } = known();
    if (!knowledge.languages.includes(language)) return missing(reply, language);
    const ranked = mostAsked(publicIds(knowledge, language), knowledge.desk.oftenAsked);
    return send(reply, indexPage({ known: known(), words, language, ranked, q: request.query.q }));
  });
  typed.get('/help/:language/*', { schema: { hide } }, async (request, reply) => {
    const { language, '*': id } = request.params as { language: string; '*': string };
    const page = known().knowledge.languages.includes(language) ? topicPage(known(), words, language, id, origin()) : undefined;
    return page ? send(reply, page) : missing(reply, language);
  });
  typed.get('/sitemap.xml', { schema: { hide } }, async (_, reply) =>
    reply.type('application/xml; charset=utf-8').send(sitemap(known().knowledge, origin())),
  );
  typed.get('/robots.txt', { schema: { hide } }, async (_, reply) => reply.type('text/plain; charset=utf-8').send(robots(origin())));

  // A person who mistyped an address gets a page, a program its answer.
  http.setNotFoundHandler((request, reply) =>
    /\btext\/html\b/.test(request.headers.accept ?? '') && !request.url.startsWith('/api/')
      ? missing(reply, preferredLanguage(request.headers['accept-language'], known().knowledge))
      : reply.status(404).send({ code: 'not-found', message: 'There is nothing at this address.' }),
  );

  function send(reply: FastifyReply, page: Page, cache = 'public, max-age=60') {
    const { knowledge } = known();
    const privacyUrl = variable('privacyUrl', knowledge, page.language);
    const frame = { words, brand: knowledge.desk.brand, origin: origin(), languages: knowledge.languages, privacyUrl, template };
    return reply.type('text/html; charset=utf-8').header('cache-control', cache).send(layOut(page, frame));
  }

  function missing(reply: FastifyReply, language: string) {
    const { knowledge } = known();
    const spoken = knowledge.languages.includes(language) ? language : knowledge.desk.defaultLanguage;
    // Its language may be the browser's, and what is missing may come.
    return send(reply.status(404), missingPage(knowledge, words, spoken), 'no-cache');
  }
}
