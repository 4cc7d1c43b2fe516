import { existsSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import { Fault } from '../errors.ts';
import type { Http } from './http.ts';

/** The built browser code: chat on `/`, desk on `/desk`, their files under /assets and /widget.js. */
export async function pageRoutes(http: Http, dist: string): Promise<void> {
  if (!existsSync(path.join(dist, 'index.html')))
    throw new Fault('config.invalid', `The browser code is not built: ${dist} has no index.html.`, 'Run: npm run build');
  await http.register(fastifyStatic, {
    root: dist,
    index: ['index.html'],
    cacheControl: false,
    setHeaders: (reply, file) =>
      void reply.header('cache-control', file.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'),
  });
}
