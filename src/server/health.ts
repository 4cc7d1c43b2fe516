import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { registry } from '../metrics.ts';
import { answers, type Db } from '../store/connection.ts';
import type { Http, ZodTypeProvider } from './http.ts';

/** /healthz (the process lives), /readyz (it can work), /metrics (Prometheus; with METRICS_TOKEN only for its bearer). */
export function healthRoutes(http: Http, parts: { db: Db; ready(): boolean; metricsToken?: string }): void {
  const typed = http.withTypeProvider<ZodTypeProvider>();
  const state = z.object({ status: z.string() });
  const options = { config: { rateLimit: false }, schema: { tags: ['health'], response: { 200: state, 503: state } } } as const;

  typed.get('/healthz', { ...options, schema: { ...options.schema, summary: 'The process lives' } }, async () => ({ status: 'ok' }));

  typed.get(
    '/readyz',
    { ...options, schema: { ...options.schema, summary: 'The process can work: started, and the database answers' } },
    async (_, reply) => {
      const there = await answers(parts.db);
      if (parts.ready() && there) return { status: 'ready' };
      return reply.status(503).send({ status: there ? 'starting or stopping' : 'the database does not answer' });
    },
  );

  http.get(
    '/metrics',
    { config: { rateLimit: false }, schema: { tags: ['health'], summary: 'Metrics in the Prometheus text format' } },
    async (request, reply) => {
      if (parts.metricsToken && !sameText(request.headers.authorization ?? '', `Bearer ${parts.metricsToken}`))
        return reply.status(401).send({ code: 'unauthorised', message: 'METRICS_TOKEN is set: send it as a bearer token.' });
      return reply.type(registry.contentType).send(await registry.metrics());
    },
  );
}

function sameText(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
