import { z } from 'zod';
import type { Known } from '../../dialogue/understand.ts';
import type { Desk } from '../../handoff/acts/desk.ts';
import { outcomes } from '../../handoff/acts/resolve.ts';
import type { Agent } from '../../handoff/agents/agent.ts';
import { mostMessages, readWholeTicket, usualMessages } from '../../handoff/lists/whole-ticket.ts';
import type { Db } from '../../store/connection.ts';
import type { Http } from '../http.ts';
import { answers } from './answers.ts';
import { byId, clientId, inLanguage } from './inputs.ts';
import { openRoutes } from './open-routes.ts';
import { presentTicket } from './present.ts';
import { ticketView } from './view-schema.ts';

interface Parts {
  db: Db;
  desk: Desk;
  known(): Known;
}

// What most routes here take and answer: a ticket by its id, shown in a language.
const ofTicket = { params: byId, querystring: inLanguage, response: answers(ticketView) };
const reply = z.strictObject({
  id: clientId,
  text: z.string().trim().max(8_000),
  seenSeq: z.int().min(0),
  files: z.array(z.string().max(64)).max(20).optional(),
  topic: z.string().max(200).optional().describe('Topic whose answer was put in'),
});

/** A ticket from the line to its end: look, take, answer, return, resolve (protocol.ts), under /api/desk/tickets. */
export function ticketRoutes(http: Http, { db, desk, known }: Parts): void {
  const { typed, signedIn, about, act } = openRoutes(http, db, 'desk');
  const view = async (request: { agent: Agent }, id: number, code = 'en', messages?: number) =>
    presentTicket(await readWholeTicket(db, request.agent, id, messages), known().knowledge, code);

  typed.get(
    '/api/desk/tickets/:id',
    {
      ...signedIn,
      schema: {
        ...about('One ticket, with the newest that was said with its contact on all of their addresses'),
        ...ofTicket,
        querystring: inLanguage.extend({ messages: z.coerce.number().int().min(1).max(mostMessages).default(usualMessages) }),
      },
    },
    (request) => view(request, request.params.id, request.query.language, request.query.messages),
  );
  typed.post(
    '/api/desk/tickets/next',
    {
      ...signedIn,
      schema: {
        ...about('Take the next ticket of my line; 204 where nobody waits'),
        querystring: inLanguage,
        response: { ...answers(ticketView), 204: z.undefined() },
      },
    },
    async (request, reply) => {
      const taken = await desk.next(request.agent);
      return taken ? view(request, taken.id, request.query.language) : reply.status(204).send(undefined);
    },
  );
  typed.post(
    '/api/desk/tickets/:id/claim',
    {
      ...signedIn,
      schema: { ...about('Take this ticket; 409 tells who has it'), ...ofTicket },
    },
    async (request) => {
      await desk.claim(request.agent, request.params.id);
      return view(request, request.params.id, request.query.language);
    },
  );
  typed.post(
    '/api/desk/tickets/:id/reply',
    {
      ...signedIn,
      schema: { ...about('Answer the contact; 409 where they wrote something new'), ...ofTicket, body: reply },
    },
    async (request) => {
      const { topic, ...body } = request.body;
      // Events have codes of ours: what is no topic (any more) is not worth a refusal.
      await desk.reply(request.agent, request.params.id, {
        ...body,
        topic: topic && known().knowledge.topics.has(topic) ? topic : undefined,
      });
      return view(request, request.params.id, request.query.language);
    },
  );
  typed.post(
    '/api/desk/tickets/:id/resolve',
    {
      ...signedIn,
      schema: { ...about('Resolve with an outcome'), ...ofTicket, body: z.strictObject({ outcome: z.enum(outcomes) }) },
    },
    async (request) => {
      await desk.resolve(request.agent, request.params.id, request.body.outcome);
      return view(request, request.params.id, request.query.language);
    },
  );
  act('/api/desk/tickets/:id/return', signedIn, 'Put back into the line', (by, id) => desk.giveBack(by, id));
}
