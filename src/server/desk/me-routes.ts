import { z } from 'zod';
import type { Known } from '../../dialogue/understand.ts';
import { setPresence } from '../../handoff/agents/presence.ts';
import { onCallState } from '../../handoff/staff/on-call.ts';
import { localised } from '../../kb/variables.ts';
import type { Db } from '../../store/connection.ts';
import type { Http } from '../http.ts';
import { answers, done } from './answers.ts';
import { presence, role } from './codes.ts';
import { inLanguage } from './inputs.ts';
import { openRoutes } from './open-routes.ts';
import type { Me } from './protocol.ts';

const meSchema = z.object({
  id: z.number(),
  name: z.string(),
  email: z.string(),
  role,
  departments: z.array(z.string()),
  languages: z.array(z.string()),
  presence,
  csrf: z.string(),
  allDepartments: z.array(z.object({ id: z.string(), name: z.string() })),
  onCall: z.enum(['named', 'unset', 'failing']),
  brand: z.string(),
});

/** Who is at the desk, and whether they are there (protocol.ts), under /api/desk. */
export function meRoutes(http: Http, { db, known }: { db: Db; known(): Known }): void {
  const { typed, signedIn, about } = openRoutes(http, db, 'desk');
  const departments = (code: string) =>
    known().knowledge.departments.map(({ id, name }) => ({
      id,
      name: localised(name, code, known().knowledge.desk.defaultLanguage) ?? id,
    }));

  typed.get(
    '/api/desk/me',
    { ...signedIn, schema: { ...about('Who is signed in'), querystring: inLanguage, response: answers(meSchema) } },
    async ({ agent: who, csrf: carried, query }): Promise<Me> => {
      const { id, name, email, role, languages, presence } = who;
      return {
        id,
        name,
        email,
        role,
        departments: who.departments,
        languages,
        presence,
        csrf: carried,
        allDepartments: departments(query.language),
        onCall: await onCallState(db, known().knowledge.desk.onCall),
        brand: known().knowledge.desk.brand,
      };
    },
  );
  typed.post(
    '/api/desk/presence',
    {
      ...signedIn,
      schema: { ...about('Online, away or offline'), body: z.strictObject({ presence }), response: answers(done) },
    },
    async ({ agent: who, body }) => {
      await setPresence(db, who.id, body.presence);
      return {};
    },
  );
}
