import { z } from 'zod';
import { latestCursor } from '../../conversation/event.ts';
import type { Known } from '../../dialogue/understand.ts';
import { type Agent, addAgent, listAgents } from '../../handoff/agent.ts';
import type { Desk } from '../../handoff/desk.ts';
import { acceptInvitation, invite, readInvitation, shortestPassword } from '../../handoff/invitation.ts';
import { countTickets, listNames, listTickets } from '../../handoff/lists.ts';
import { setPresence } from '../../handoff/presence.ts';
import { outcomes } from '../../handoff/resolve.ts';
import { signInWith, signOut, signOutEverywhere, startSignIn } from '../../handoff/sign-in.ts';
import { readWholeTicket } from '../../handoff/whole-ticket.ts';
import { localised } from '../../kb/variables.ts';
import type { Db } from '../../store/connection.ts';
import type { Http, ZodTypeProvider } from '../http.ts';
import { clearSignInCookie, requireAgent, setSignInCookie, tokenOf } from './auth.ts';
import { presentLine, presentTicket } from './present.ts';
import type { Me } from './protocol.ts';

interface Parts {
  db: Db;
  desk: Desk;
  publicUrl(): string;
  known(): Known;
}

const language = z.strictObject({ language: z.string().max(20).default('en') });
const ticketId = z.strictObject({ id: z.coerce.number().int().positive() });
const password = z.string().min(shortestPassword).max(200);
// Whoever guesses passwords is slowed down; whoever mistypes is not.
const slow = { rateLimit: { max: 10, timeWindow: '1 minute' } };

/** Everything that the desk in the browser calls (protocol.ts), under /api/desk. */
export function deskRoutes(http: Http, { db, desk, publicUrl, known }: Parts): void {
  const typed = http.withTypeProvider<ZodTypeProvider>();
  const signedIn = { preHandler: requireAgent(db) };
  const supervisor = { preHandler: requireAgent(db, 'supervisor') };
  const about = (summary: string) => ({ tags: ['desk'], summary });
  const view = async (request: { agent: Agent }, id: number, code = 'en') =>
    presentTicket(await readWholeTicket(db, request.agent, id), known().knowledge, code);
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
      },
    },
    async ({ body }, reply) => {
      const { token, csrf } = await signInWith(db, body.email, body.password);
      setSignInCookie(reply, token);
      return { csrf };
    },
  );
  typed.post('/api/desk/sign-out', { ...signedIn, schema: about('Sign this browser out') }, async (request, reply) => {
    await signOut(db, tokenOf(request.cookies));
    clearSignInCookie(reply);
    return {};
  });
  typed.post('/api/desk/sign-out-everywhere', { ...signedIn, schema: about('Sign all of my browsers out') }, async (request, reply) => {
    await signOutEverywhere(db, request.agent.id);
    clearSignInCookie(reply);
    return {};
  });
  typed.get(
    '/api/desk/invitation',
    { config: slow, schema: { ...about('Whom a one-time link is for'), querystring: z.strictObject({ token: z.string().max(100) }) } },
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
      },
    },
    async ({ body }, reply) => {
      const who = await acceptInvitation(db, body.token, { ...body, departments: known().knowledge.departments.map(({ id }) => id) });
      const { token, csrf } = await startSignIn(db, who);
      setSignInCookie(reply, token);
      return { csrf };
    },
  );
  typed.get(
    '/api/desk/me',
    { ...signedIn, schema: { ...about('Who is signed in'), querystring: language } },
    async ({ agent: who, csrf, query }): Promise<Me> => {
      const { id, name, email, role, languages, presence } = who;
      return {
        id,
        name,
        email,
        role,
        departments: who.departments,
        languages,
        presence,
        csrf,
        allDepartments: departments(query.language),
        brand: known().knowledge.desk.brand,
      };
    },
  );
  typed.post(
    '/api/desk/presence',
    {
      ...signedIn,
      schema: { ...about('Online, away or offline'), body: z.strictObject({ presence: z.enum(['online', 'away', 'offline']) }) },
    },
    async ({ agent: who, body }) => {
      await setPresence(db, who.id, body.presence);
      return {};
    },
  );

  typed.get(
    '/api/desk/tickets',
    {
      ...signedIn,
      schema: {
        ...about("A list of tickets, in the line's order"),
        querystring: language.extend({ list: z.enum(listNames).default('waiting') }),
      },
    },
    async ({ agent: who, query }) => {
      const cursor = await latestCursor(db);
      const [rows, counts] = await Promise.all([listTickets(db, who, query.list), countTickets(db, who)]);
      return { tickets: rows.map((row) => presentLine(row, known().knowledge, query.language)), counts, cursor };
    },
  );
  typed.get(
    '/api/desk/tickets/:id',
    { ...signedIn, schema: { ...about('One ticket with its whole conversation'), params: ticketId, querystring: language } },
    (request) => view(request, request.params.id, request.query.language),
  );
  typed.post(
    '/api/desk/tickets/next',
    { ...signedIn, schema: { ...about('Take the next ticket of my line; 204 where nobody waits'), querystring: language } },
    async (request, reply) => {
      const taken = await desk.next(request.agent);
      return taken ? view(request, taken.id, request.query.language) : reply.status(204).send();
    },
  );
  typed.post(
    '/api/desk/tickets/:id/claim',
    { ...signedIn, schema: { ...about('Take this ticket; 409 tells who has it'), params: ticketId, querystring: language } },
    async (request) => {
      await desk.claim(request.agent, request.params.id);
      return view(request, request.params.id, request.query.language);
    },
  );
  const reply = z.strictObject({
    id: z.string().regex(/^[\w-]{8,64}$/),
    text: z.string().trim().min(1).max(8_000),
    seenSeq: z.int().min(0),
  });
  typed.post(
    '/api/desk/tickets/:id/reply',
    {
      ...signedIn,
      schema: { ...about('Answer the contact; 409 where they wrote something new'), params: ticketId, querystring: language, body: reply },
    },
    async (request) => {
      await desk.reply(request.agent, request.params.id, request.body);
      return view(request, request.params.id, request.query.language);
    },
  );
  typed.post(
    '/api/desk/tickets/:id/resolve',
    {
      ...signedIn,
      schema: {
        ...about('Resolve with an outcome'),
        params: ticketId,
        querystring: language,
        body: z.strictObject({ outcome: z.enum(outcomes) }),
      },
    },
    async (request) => {
      await desk.resolve(request.agent, request.params.id, request.body.outcome);
      return view(request, request.params.id, request.query.language);
    },
  );
  typed.post(
    '/api/desk/tickets/:id/return',
    { ...signedIn, schema: { ...about('Put back into the line'), params: ticketId } },
    async (request) => {
      await desk.giveBack(request.agent, request.params.id);
      return {};
    },
  );

  typed.get('/api/desk/agents', { ...supervisor, schema: about('All agents') }, async () => {
    const rows = await listAgents(db);
    return rows.map(({ id, name, email, role, departments: of, languages, presence, disabledAt, password: set }) => ({
      id,
      name,
      email,
      role,
      departments: of,
      languages,
      presence,
      disabled: disabledAt !== null,
      invited: set === null,
    }));
  });
  const newAgent = z.strictObject({
    email: z.email(),
    name: z.string().trim().min(1).max(80),
    role: z.enum(['agent', 'supervisor']),
    departments: z.array(z.string()),
    languages: z.array(z.string().max(20)),
  });
  typed.post(
    '/api/desk/agents',
    { ...supervisor, schema: { ...about('Invite an agent: answers with their one-time link (72 h)'), body: newAgent } },
    async ({ body }) => {
      const made = await addAgent(db, body);
      return { link: `${publicUrl()}/desk/welcome#token=${await invite(db, made.id, 72)}` };
    },
  );
}
