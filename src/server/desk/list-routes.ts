import { z } from 'zod';
import { latestCursor } from '../../conversation/event.ts';
import type { Known } from '../../dialogue/understand.ts';
import { listNames } from '../../handoff/lists/list-name.ts';
import { placeIn, sorts } from '../../handoff/lists/list-order.ts';
import { countTickets, listTickets, readTicket } from '../../handoff/lists/lists.ts';
import { markSeen } from '../../handoff/lists/seen.ts';
import { openTags } from '../../handoff/lists/tags.ts';
import type { Db } from '../../store/connection.ts';
import type { Http } from '../http.ts';
import { answers, done } from './answers.ts';
import { urgency } from './codes.ts';
import { byId, idText } from './inputs.ts';
import type { Filters, TicketList } from './list-protocol.ts';
import { filters, ticketList } from './list-schema.ts';
import { openRoutes } from './open-routes.ts';
import { presentLine } from './present.ts';

interface Parts {
  db: Db;
  known(): Known;
  /** Names of the channels that are on. */
  channels: string[];
}

// The whole of a list of open tickets, as the desk draws only what is in sight; a page of the resolved ones, which are without end.
const mostOpen = 500;
const page = 100;

const code = z.string().max(60).optional();
const wish = z.strictObject({
  language: code,
  list: z.enum(listNames).default('waiting'),
  sort: z.enum(sorts).default('line'),
  search: z.string().max(200).optional().describe("A ticket's number, a contact's name or address, words of what was written"),
  channel: code,
  department: code,
  spoken: code.describe("The contact's language"),
  urgency: urgency.optional(),
  tag: code,
  only: z
    .string()
    .regex(/^\d{1,15}(,\d{1,15}){0,199}$/)
    .transform((ids) => ids.split(',').map(Number))
    .optional()
    .describe('Ids of tickets, with commas between: the ones that changed'),
  after: idText.optional().describe('Of resolved tickets: the id of the last one that is known'),
});

/** The lists of the desk, what narrows them, and how far an agent has read. */
export function listRoutes(http: Http, { db, known, channels }: Parts): void {
  const { typed, signedIn, about } = openRoutes(http, db, 'desk');

  typed.get(
    '/api/desk/tickets',
    { ...signedIn, schema: { ...about('A list of tickets, filtered and sorted'), querystring: wish, response: answers(ticketList) } },
    async ({ agent: who, query }): Promise<TicketList> => {
      const { list, sort, only, after, search, channel, department, spoken, urgency, tag } = query;
      const limit = list === 'resolved' ? page : mostOpen;
      // First the cursor: what changes while we read is told again, never missed.
      const cursor = await latestCursor(db);
      const [rows, counts] = await Promise.all([
        listTickets(db, who, list, { sort, only, after, search, channel, department, language: spoken, urgency, tag, limit: limit + 1 }),
        countTickets(db, who),
      ]);
      const tickets = rows.slice(0, limit).map((row) => ({
        ...presentLine(row, known().knowledge, query.language ?? 'en'),
        place: placeIn(row.ticket, list, sort),
      }));
      return { tickets, counts, more: rows.length > limit, cursor };
    },
  );
  typed.get(
    '/api/desk/filters',
    { ...signedIn, schema: { ...about('What lists may be narrowed to'), response: answers(filters) } },
    async ({ agent: who }): Promise<Filters> => ({
      channels,
      languages: [...new Set([...known().knowledge.languages, ...who.languages])],
      tags: await openTags(db, who),
    }),
  );
  typed.post(
    '/api/desk/tickets/:id/seen',
    {
      ...signedIn,
      schema: {
        ...about('I have read up to this message of the contact'),
        params: byId,
        body: z.strictObject({ seq: z.int().min(0) }),
        response: answers(done),
      },
    },
    async ({ agent: who, params, body }) => {
      const found = await readTicket(db, who, params.id);
      await markSeen(db, who.id, found.ticket.conversationId, Math.min(body.seq, found.heardSeq));
      return {};
    },
  );
}
