import { z } from 'zod';
import type { Known } from '../../dialogue/understand.ts';
import { acceptInvitation, readInvitation, shortestPassword } from '../../handoff/agents/invitation.ts';
import { signInWith, signOut, signOutEverywhere, startSignIn } from '../../handoff/agents/sign-in.ts';
import type { Db } from '../../store/connection.ts';
import type { Http } from '../http.ts';
import { answers, done } from './answers.ts';
import { clearSignInCookie, setSignInCookie, tokenOf } from './auth.ts';
import { openRoutes } from './open-routes.ts';

interface Parts {
  db: Db;
  known(): Known;
}

const password = z.string().min(shortestPassword).max(200);
// Whoever guesses passwords is slowed down; whoever mistypes is not.
const slow = { rateLimit: { max: 10, timeWindow: '1 minute' } };

const csrf = z.object({ csrf: z.string() });

/** Signing in and out, and one-time links (protocol.ts), under /api/desk. */
export function signInRoutes(http: Http, { db, known }: Parts): void {
  const { typed, signedIn, about } = openRoutes(http, db, 'desk');

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
}
