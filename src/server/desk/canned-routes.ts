import { z } from 'zod';
import { addCanned, type Canned, changeCanned, listCanned, removeCanned } from '../../handoff/canned.ts';
import type { Db } from '../../store/connection.ts';
import type { Http } from '../http.ts';
import { answers } from './answers.ts';
import type { CannedReply } from './composer-protocol.ts';
import { byId } from './inputs.ts';
import { openRoutes } from './open-routes.ts';

const wish = z.strictObject({
  shortcut: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[\p{L}\p{N}][\p{L}\p{N}-]{0,39}$/u, { error: 'letters, digits and hyphens, at most 40' }),
  title: z.string().trim().min(1).max(120),
  texts: z.record(z.string().regex(/^[a-z]{2,3}$/), z.string().max(8_000)),
  departments: z.array(z.string().max(60)).max(50),
});
const reply: z.ZodType<CannedReply> = z.object({
  id: z.number(),
  shortcut: z.string(),
  title: z.string(),
  texts: z.record(z.string(), z.string()),
  departments: z.array(z.string()),
  updatedAt: z.string(),
});

/** Replies that are kept ready: everybody at the desk reads them, supervisors write them. */
export function cannedRoutes(http: Http, { db }: { db: Db }): void {
  const { typed, signedIn, supervisor, about, act } = openRoutes(http, db, 'desk');
  const present = ({ id, shortcut, title, texts, departments, updatedAt }: Canned): CannedReply => ({
    id,
    shortcut,
    title,
    texts,
    departments,
    updatedAt: updatedAt.toISOString(),
  });

  typed.get('/api/desk/canned', { ...signedIn, schema: { ...about('All canned replies'), response: answers(z.array(reply)) } }, async () =>
    (await listCanned(db)).map(present),
  );
  typed.post(
    '/api/desk/canned',
    { ...supervisor, schema: { ...about('Add a canned reply'), body: wish, response: answers(reply) } },
    async ({ agent: who, body }) => present(await addCanned(db, who, body)),
  );
  typed.post(
    '/api/desk/canned/:id',
    { ...supervisor, schema: { ...about('Change a canned reply'), params: byId, body: wish, response: answers(reply) } },
    async ({ agent: who, params: { id }, body }) => present(await changeCanned(db, who, id, body)),
  );
  act('/api/desk/canned/:id/remove', supervisor, 'Throw a canned reply away', (by, id) => removeCanned(db, by, id));
}
