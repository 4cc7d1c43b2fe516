import { z } from 'zod';
import type { Known } from '../../dialogue/understand.ts';
import type { Acts } from '../../handoff/acts/acts.ts';
import { compareContacts } from '../../handoff/acts/merge.ts';
import { listReceivers } from '../../handoff/agents/receivers.ts';
import { readFullMessage } from '../../handoff/lists/full-message.ts';
import { usedTags } from '../../handoff/lists/tags.ts';
import type { Knowledge } from '../../kb/topic.ts';
import type { Db } from '../../store/connection.ts';
import type { Http } from '../http.ts';
import { mergeSides, receivers } from './act-schema.ts';
import { answers } from './answers.ts';
import { byId, ofMessage, otherNumber } from './inputs.ts';
import { openRoutes } from './open-routes.ts';
import { opensAt } from './opens-at.ts';
import { presentSide } from './present-side.ts';

interface Parts {
  db: Db;
  acts: Acts;
  known(): Known;
}

/** What an agent looks up before an act on a ticket: to whom it may be handed, whom to merge, whom to call, which tags there are, all of a mail. */
export function lookupRoutes(http: Http, { db, acts, known }: Parts): void {
  const { typed, signedIn, about } = openRoutes(http, db, 'acts');

  typed.get(
    '/api/desk/tickets/:id/receivers',
    { ...signedIn, schema: { ...about('To whom the ticket may be handed'), params: byId, response: answers(receivers) } },
    async ({ agent: who, params: { id } }) => ({ agents: await listReceivers(db, who, id), closed: closedNow(known().knowledge) }),
  );
  typed.get(
    '/api/desk/tickets/:id/merge',
    {
      ...signedIn,
      schema: {
        ...about('Two contacts beside each other, before they are merged'),
        params: byId,
        querystring: otherNumber,
        response: answers(mergeSides),
      },
    },
    async ({ agent: who, params: { id }, query }) => {
      const { into, from } = await compareContacts({ db, who, ticketId: id, number: query.number });
      return { into: presentSide(into), from: presentSide(from) };
    },
  );
  typed.get(
    '/api/desk/tickets/:id/call-back',
    {
      ...signedIn,
      schema: { ...about('The number to call, for the assignee'), params: byId, response: answers(z.object({ number: z.string() })) },
    },
    async ({ agent: who, params: { id } }) => ({ number: await acts.callBackNumber(who, id) }),
  );
  typed.get(
    '/api/desk/tickets/:id/messages/:message/full',
    {
      ...signedIn,
      schema: { ...about('All of a mail, with what it quotes'), params: ofMessage, response: answers(z.object({ text: z.string() })) },
    },
    async ({ agent: who, params: { id, message } }) => ({ text: await readFullMessage(db, who, id, message) }),
  );
  typed.get(
    '/api/desk/tags',
    {
      ...signedIn,
      schema: {
        ...about('Tags of tickets that I may see, the most used first'),
        response: answers(z.object({ tags: z.array(z.string()) })),
      },
    },
    async ({ agent: who }) => ({ tags: await usedTags(db, who) }),
  );
}

function closedNow(knowledge: Knowledge): Record<string, string> {
  const opening = knowledge.departments.map(({ id }) => [id, opensAt(knowledge, id)] as const);
  return Object.fromEntries(opening.filter((each): each is readonly [string, string] => each[1] !== undefined));
}
