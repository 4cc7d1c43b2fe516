import { z } from 'zod';
import type { Webhook, Webhooks } from '../../delivery/webhooks/webhooks.ts';
import type { Db } from '../../store/connection.ts';
import type { Http } from '../http.ts';
import { answers, done } from './answers.ts';
import { byId } from './inputs.ts';
import { openRoutes } from './open-routes.ts';
import type { WebhookLine } from './webhook-protocol.ts';

const wish = z.strictObject({
  url: z.string().trim().min(1).max(500),
  kinds: z
    .array(z.string().regex(/^[a-z-]{1,40}$/))
    .min(1)
    .max(50),
});
const line = z.object({
  id: z.number(),
  url: z.string(),
  kinds: z.array(z.string()),
  failures: z.number(),
  failingSince: z.string().optional(),
  nextTryAt: z.string().optional(),
  lastResult: z.string().optional(),
  deliveredAt: z.string().optional(),
  disabled: z.object({ at: z.string(), why: z.enum(['person', 'failing', 'gone']) }).optional(),
});
const made = z.object({ id: z.number(), secret: z.string() });

/** How supervisors manage outgoing webhooks, under /api/desk/webhooks. */
export function webhookRoutes(http: Http, { db, webhooks }: { db: Db; webhooks: Webhooks }): void {
  const { typed, supervisor, about, act } = openRoutes(http, db, 'webhooks');

  typed.get('/api/desk/webhooks', { ...supervisor, schema: { ...about('All webhooks'), response: answers(z.array(line)) } }, async () =>
    (await webhooks.list()).map(present),
  );
  typed.post(
    '/api/desk/webhooks',
    { ...supervisor, schema: { ...about('Add a webhook: answers with its secret, once'), body: wish, response: answers(made) } },
    ({ agent: by, body }) => webhooks.add(by.id, body),
  );
  typed.post(
    '/api/desk/webhooks/:id',
    { ...supervisor, schema: { ...about('Change address and kinds'), params: byId, body: wish, response: answers(done) } },
    async ({ agent: by, params: { id }, body }) => {
      await webhooks.change(by.id, id, body);
      return {};
    },
  );
  act('/api/desk/webhooks/:id/on', supervisor, 'Turn on again, from where it stopped', (by, id) => webhooks.turn(by.id, id, true));
  act('/api/desk/webhooks/:id/off', supervisor, 'Turn off', (by, id) => webhooks.turn(by.id, id, false));
  typed.post(
    '/api/desk/webhooks/:id/secret',
    {
      ...supervisor,
      schema: {
        ...about('A new secret, told once; the old one signs no more'),
        params: byId,
        response: answers(z.object({ secret: z.string() })),
      },
    },
    async ({ agent: by, params: { id } }) => ({ secret: await webhooks.newSecret(by.id, id) }),
  );
  act('/api/desk/webhooks/:id/remove', supervisor, 'Remove', (by, id) => webhooks.remove(by.id, id));
}

function present(row: Webhook): WebhookLine {
  const { id, url, kinds, failures, failingSince, dueAt, lastResult, deliveredAt, disabledAt, disabledWhy } = row;
  return {
    id,
    url,
    kinds,
    failures,
    failingSince: failingSince?.toISOString(),
    nextTryAt: disabledAt === null ? dueAt?.toISOString() : undefined,
    lastResult: lastResult ?? undefined,
    deliveredAt: deliveredAt?.toISOString(),
    disabled: disabledAt ? { at: disabledAt.toISOString(), why: (disabledWhy ?? 'person') as 'person' } : undefined,
  };
}
