import { z } from 'zod';
import type { Channel, FileLimits } from '../../conversation/channel.ts';
import { fit } from '../../delivery/fit.ts';
import type { Known } from '../../dialogue/understand.ts';
import { Fault } from '../../errors.ts';
import type { Agent } from '../../handoff/agents/agent.ts';
import { listCanned } from '../../handoff/canned.ts';
import { contactWords } from '../../handoff/lists/contact-words.ts';
import { readTicket } from '../../handoff/lists/lists.ts';
import { mask } from '../../privacy/sensitive.ts';
import type { Db } from '../../store/connection.ts';
import type { Words } from '../../words.ts';
import type { Http } from '../http.ts';
import { answers } from './answers.ts';
import type { ChannelFacts, Insert, Preview } from './composer-protocol.ts';
import { byId } from './inputs.ts';
import { cannedFor, type Place, suggestionsFor, topicsFor } from './inserts.ts';
import { openRoutes } from './open-routes.ts';

interface Parts {
  db: Db;
  words: Words;
  known(): Known;
  channels: Pick<Channel, 'name' | 'capabilities'>[];
  /** What may be sent at all, as the desk's settings say. */
  uploads(): FileLimits;
}

const insert: z.ZodType<Insert> = z.object({
  id: z.string(),
  kind: z.enum(['canned', 'topic']),
  title: z.string(),
  text: z.string(),
  shortcut: z.string().optional(),
  confidence: z.number().optional(),
});
const channelFacts: z.ZodType<ChannelFacts> = z.object({
  name: z.string(),
  maxLength: z.number(),
  markup: z.boolean(),
  files: z.object({ count: z.number(), maxBytes: z.number(), accept: z.string() }),
});
const preview: z.ZodType<Preview> = z.object({ markup: z.boolean(), parts: z.array(z.string()) });

/** What helps an agent to write: what a channel takes, how a reply will look there, canned replies, answers of the knowledge base. */
export function composerRoutes(http: Http, { db, words, known, channels, uploads }: Parts): void {
  const { typed, signedIn, about } = openRoutes(http, db, 'desk');
  const placeOf = async (who: Agent, id: number): Promise<Place> => {
    const listed = await readTicket(db, who, id);
    return { listed, who, known: known(), words, protected: listed.contact.protected };
  };

  typed.get(
    '/api/desk/channels',
    { ...signedIn, schema: { ...about('What a reply on each channel may be'), response: answers(z.array(channelFacts)) } },
    async (): Promise<ChannelFacts[]> => {
      const limits = uploads();
      return channels.map(({ name, capabilities: can }) => ({
        name,
        maxLength: can.maxLength,
        markup: can.markup,
        files: {
          count: Math.min(can.attachments.count, limits.count),
          maxBytes: Math.min(can.attachments.maxBytes, limits.maxBytes),
          accept: limits.accept,
        },
      }));
    },
  );
  typed.post(
    '/api/desk/tickets/:id/preview',
    {
      ...signedIn,
      schema: {
        ...about('How a reply will look to the contact'),
        params: byId,
        body: z.strictObject({ text: z.string().max(8_000) }),
        response: answers(preview),
      },
    },
    async ({ agent: who, params: { id }, body }): Promise<Preview> => {
      const { listed } = await placeOf(who, id);
      const can = channels.find(({ name }) => name === listed.channel)?.capabilities;
      if (!can) throw new Fault('not-found', 'The channel of this ticket is switched off.');
      const parts = fit({ type: 'text', text: mask(body.text).text }, can);
      return { markup: can.markup, parts: parts.map(({ text }) => text) };
    },
  );
  typed.get(
    '/api/desk/tickets/:id/inserts',
    {
      ...signedIn,
      schema: {
        ...about("Canned replies and answers that can be put into a reply, in the ticket's language"),
        params: byId,
        querystring: z.strictObject({ search: z.string().max(100).default('') }),
        response: answers(z.array(insert)),
      },
    },
    async ({ agent: who, params: { id }, query }) => {
      const place = await placeOf(who, id);
      const rows = await listCanned(db, place.listed.ticket.department);
      return [...cannedFor(rows, query.search, place), ...topicsFor(query.search, place)];
    },
  );
  typed.get(
    '/api/desk/tickets/:id/suggestions',
    { ...signedIn, schema: { ...about("Answers to the contact's last message"), params: byId, response: answers(z.array(insert)) } },
    async ({ agent: who, params: { id } }) => {
      const place = await placeOf(who, id);
      return suggestionsFor(await contactWords(db, place.listed.ticket.conversationId), place);
    },
  );
}
