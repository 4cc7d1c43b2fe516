import { z } from 'zod';
import type { Known } from '../../dialogue/understand.ts';
import { acceptInvitation, readInvitation, shortestPassword } from '../../handoff/invitation.ts';
import { onCallState } from '../../handoff/on-call.ts';
import { setPresence } from '../../handoff/presence.ts';
import { signInWith, signOut, signOutEverywhere, startSignIn } from '../../handoff/sign-in.ts';
import { localised } from '../../kb/variables.ts';
import type { Db } from '../../store/connection.ts';
import type { Http } from '../http.ts';
import { answers, done } from './answers.ts';
import { clearSignInCookie, setSignInCookie, tokenOf } from './auth.ts';
import { presence, role } from './codes.ts';
import { inLanguage } from './inputs.ts';
import { openRoutes } from './open-routes.ts';
import type { Me } from './protocol.ts';

interface Parts {
  db: Db;
  known(): Known;
}

const password = z.string().min(shortestPassword).max(200);
// Whoever guesses passwords is slowed down; whoever mistypes is not.
const slow = { rateLimit: { max: 10, timeWindow: '1 minute' } };

const csrf = z.object({ csrf: z.string() });
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

/** Who is at the desk: signing in and out, one-time links, presence (protocol.ts), under /api/desk. */
export function signInRoutes(http: Http, { db, known }: Parts): void {
  const { typed, signedIn, about } = openRoutes(http, db, 'desk');
  const departments = (code: string) =>
    known().knowledge.departments.map(({ id, name }) => ({
      id,
      name: localised(name, code, known().knowledge.desk.defaultLanguage) ?? id,
    }));

  typed.post(
    '/api/desk/sign-in',
    {
      config: slow,
      schema: {
        ...about('Sign in with e-mail and password'),
        body: z.strictObject({ email: z.string().max(200), password: z.string().max(200) }),
        response: answers(csrf),
      },
    },
    async ({ body }, reply) => {
      const { token, csrf: made } = await signInWith(db, body.email, body.password);
      setSignInCookie(reply, token);
      return { csrf: made };
    },
  );
  typed.post(
    '/api/desk/sign-out',
    { ...signedIn, schema: { ...about('Sign this browser out'), response: answers(done) } },
    async (request, reply) => {
      await signOut(db, tokenOf(request.cookies));
      clearSignInCookie(reply);
      return {};
    },
  );
  typed.post(
    '/api/desk/sign-out-everywhere',
    { ...signedIn, schema: { ...about('Sign all of my browsers out'), response: answers(done) } },
    async (request, reply) => {
      await signOutEverywhere(db, request.agent.id, request.agent.id);
      clearSignInCookie(reply);
      return {};
    },
  );
  typed.get(
    '/api/desk/invitation',
    {
      config: slow,
      schema: {
        ...about('Whom a one-time link is for'),
        querystring: z.strictObject({ token: z.string().max(100) }),
        response: answers(z.object({ first: z.boolean(), email: z.string().optional(), name: z.string().optional() })),
      },
    },
    ({ query }) => readInvitation(db, query.token),
  );
  typed.post(
    '/api/desk/invitation',
    {
      config: slow,
      schema: {
        ...about('Use a one-time link: set the password and sign in'),
        body: z.strictObject({
          token: z.string().max(100),
          password,
          name: z.string().trim().min(1).max(80).optional(),
          email: z.email().optional(),
        }),
        response: answers(csrf),
      },
    },
    async ({ body }, reply) => {
      const who = await acceptInvitation(db, body.token, { ...body, departments: known().knowledge.departments.map(({ id }) => id) });
      const { token, csrf: made } = await startSignIn(db, who, 'link');
      setSignInCookie(reply, token);
      return { csrf: made };
    },
  );
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
