import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Host } from '../../conversation/channel.ts';
import { Fault } from '../../errors.ts';
import { readIdentity } from './identity.ts';
import type { Links } from './protocol.ts';

const answer = z.object({
  links: z.array(z.object({ channel: z.string(), label: z.string(), url: z.string(), expiresAt: z.number() })),
});

/** GET /chat/links: one-time links by which somebody whose identity the host page has signed for (`authorization: Bearer <JWT>`) goes on elsewhere as the same contact. */
export function linksRoute(server: FastifyInstance, host: Host, secret: string | undefined): void {
  // A browser on another site asks first, because of the header that says who it is.
  server.options('/chat/links', { schema: { hide: true } as object }, async (_, reply) =>
    reply
      .status(204)
      .header('access-control-allow-methods', 'GET')
      .header('access-control-allow-headers', 'authorization')
      .header('access-control-max-age', '86400')
      .send(),
  );
  server.get(
    '/chat/links',
    {
      config: { rateLimit: { max: 20, timeWindow: '1 minute' } },
      schema: {
        tags: ['chat'],
        summary: 'One-time links to go on in another channel as the same contact',
        response: { 200: answer },
      } as object,
    },
    async ({ headers }, reply): Promise<Links> => {
      const person = await readIdentity(/^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1] ?? '', secret);
      if (!person) throw new Fault('sign-in.needed', 'The identity is missing, expired or not signed by the host page.');
      reply.header('cache-control', 'no-store');
      return { links: await host.links.make(person) };
    },
  );
}
