import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { Known } from '../../dialogue/understand.ts';
import type { Http } from '../http.ts';
import { isPublic } from './public-topics.ts';

const picture = /\.(png|jpe?g|webp|gif|avif|svg)$/i;

/** Pictures of answers under /help/media/: only those that a public topic names, and nothing in them runs. */
export async function pictureRoutes(http: Http, knowledgeDir: string, known: () => Known): Promise<void> {
  await http.register(fastifyStatic, {
    root: path.join(knowledgeDir, 'media'),
    prefix: '/help/media/',
    decorateReply: false,
    dotfiles: 'deny',
    index: false,
    cacheControl: false,
    allowedPath: (file) => picture.test(file) && isNamed(known(), decodeURIComponent(file).replace(/^\/+/, '')),
    setHeaders(reply) {
      reply.header('cache-control', 'public, max-age=3600');
      // An SVG is a document of its own when it is opened by itself.
      reply.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox");
      reply.header('x-content-type-options', 'nosniff');
    },
  });
}

function isNamed({ knowledge }: Known, file: string): boolean {
  return [...knowledge.topics.values()].some(({ id, media }) => media.some((each) => each.file === file) && isPublic(knowledge, id));
}
