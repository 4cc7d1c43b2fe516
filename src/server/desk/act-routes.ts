import { z } from 'zod';
import type { Known } from '../../dialogue/understand.ts';
import { Fault } from '../../errors.ts';
import type { Acts } from '../../handoff/acts.ts';
import type { Agent } from '../../handoff/agent.ts';
import { readFullMessage } from '../../handoff/full-message.ts';
import { compareContacts } from '../../handoff/merge.ts';
import { longestNote } from '../../handoff/note.ts';
import { listReceivers } from '../../handoff/receivers.ts';
import { longestTag, usedTags } from '../../handoff/tags.ts';
import type { Knowledge } from '../../kb/topic.ts';
import type { Db } from '../../store/connection.ts';
import type { Http } from '../http.ts';
import { mergeSides, receivers } from './act-schema.ts';
import { answers, done } from './answers.ts';
import { byId, clientId, idText, nothing, time } from './inputs.ts';
import { openRoutes } from './open-routes.ts';
import { opensAt } from './opens-at.ts';

interface Parts {
  db: Db;
  acts: Acts;
  known(): Known;
}

const ofMessage = byId.extend({ message: idText });
const note = z.strictObject({ id: clientId, text: z.string().trim().min(1).max(longestNote) });
const number = z.strictObject({ number: z.string().max(40).describe("The other ticket's number, as a person writes it") });

/** What is done with a ticket beside taking, answering and resolving it (act-protocol.ts), under /api/desk/tickets/:id. */
export function actRoutes(http: Http, { db, acts, known }: Parts): void {
  const { typed, signedIn, about } = openRoutes(http, db, 'acts');

  /** A change of the ticket that answers nothing but that it is done. */
  const act = <Body extends z.ZodType>(
    name: string,
    summary: string,
    body: Body,
    run: (who: Agent, id: number, body: z.output<Body>) => Promise<unknown>,
  ) =>
    typed.post(
      `/api/desk/tickets/:id/${name}`,
      { ...signedIn, schema: { ...about(summary), params: byId, body, response: answers(done) } },
      async (request) => {
        await run(request.agent, (request.params as { id: number }).id, request.body as z.output<Body>);
        return {};
      },
    );

  act('note', 'Leave a private note, for agents only', note, acts.note);
  act(
    'transfer',
    'Hand on: into a department’s line, or to one agent',
    z.strictObject({ department: z.string().max(60).optional(), agentId: z.int().positive().optional(), note: note.optional() }),
    (who, id, { department, agentId, note: why }) => acts.transfer(who, id, goalOf(department, agentId), why),
  );
  act(
    'escalate',
    'Raise to the next rung: supervisors, then an investigation',
    z.strictObject({ note: note.optional() }),
    (who, id, body) => acts.escalate(who, id, body.note),
  );
  act('snooze', 'Put out of sight until a time, or until the contact writes', z.strictObject({ until: time }), (who, id, { until }) =>
    acts.snooze(who, id, until),
  );
  act('wake', 'Wake a snoozed ticket', nothing, acts.wake);
  act('reopen', 'Take a resolved ticket up again', nothing, acts.reopen);
  act('to-bot', 'Give the conversation back to the bot', nothing, acts.toBot);
  act('urgency', 'How urgent it is', z.strictObject({ urgency: z.enum(['normal', 'high', 'top']) }), (who, id, { urgency }) =>
    acts.urgency(who, id, urgency),
  );
  act(
    'language',
    'In which language the contact is to be answered',
    z.strictObject({ language: z.string().regex(/^[a-z]{2,3}$/) }),
    (who, id, { language }) => acts.language(who, id, language),
  );
  act('tags', 'Set the tags', z.strictObject({ tags: z.array(z.string().max(longestTag * 2)).max(40) }), (who, id, { tags }) =>
    acts.tags(who, id, tags),
  );
  act('link', 'Link with another ticket', number, (who, id, body) => acts.link(who, id, body.number));
  act('unlink', 'Take a link away', z.strictObject({ ticketId: z.int().positive() }), (who, id, { ticketId }) =>
    acts.unlink(who, id, ticketId),
  );
  act('merge', 'Merge the contact of another ticket into this one’s; cannot be undone, supervisors only', number, (who, id, body) =>
    acts.merge(who, id, body.number),
  );
  act('block', 'Block the contact: what they write is kept and answered by nobody', nothing, acts.block);
  act('unblock', 'Let the contact be heard again', nothing, acts.unblock);
  act('lift', 'Lift the contact’s protection, with a note why; supervisors only', z.strictObject({ note }), (who, id, body) =>
    acts.lift(who, id, body.note),
  );
  act(
    'call-back',
    'Note a call that the contact wishes for, on a number that was checked',
    z.strictObject({ number: z.string().max(40), wishedAt: time }),
    acts.callBack,
  );
  act('call-back/done', 'The call was made, or is not wished for any more', nothing, acts.callBackDone);

  typed.post(
    '/api/desk/tickets/:id/start',
    {
      ...signedIn,
      schema: {
        ...about('Write first, on an address of this ticket’s contact: a new ticket, one’s own'),
        params: byId,
        body: z.strictObject({
          addressId: z.int().positive(),
          department: z.string().max(60),
          id: clientId,
          text: z.string().trim().min(1).max(8_000),
        }),
        response: answers(z.object({ ticketId: z.number() })),
      },
    },
    async ({ agent: who, params: { id }, body }) => {
      refuseUnknown(body.department);
      return { ticketId: await acts.start(who, { ...body, ticketId: id }) };
    },
  );
  typed.post(
    '/api/desk/tickets/:id/messages/:message/retry',
    {
      ...signedIn,
      schema: { ...about('Try again to deliver a reply that failed'), params: ofMessage, body: nothing, response: answers(done) },
    },
    async ({ agent: who, params: { id, message } }) => {
      await acts.retry(who, id, message);
      return {};
    },
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
    '/api/desk/tickets/:id/call-back',
    {
      ...signedIn,
      schema: { ...about('The number to call, for the assignee'), params: byId, response: answers(z.object({ number: z.string() })) },
    },
    async ({ agent: who, params: { id } }) => ({ number: await acts.callBackNumber(who, id) }),
  );
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
        querystring: number,
        response: answers(mergeSides),
      },
    },
    ({ agent: who, params: { id }, query }) => compareContacts(db, who, id, query.number),
  );
  typed.get(
    '/api/desk/tags',
    { ...signedIn, schema: { ...about('Tags in use, the most used first'), response: answers(z.object({ tags: z.array(z.string()) })) } },
    async () => ({ tags: await usedTags(db) }),
  );

  function goalOf(department: string | undefined, agentId: number | undefined): { department: string } | { agentId: number } {
    if (agentId !== undefined && department === undefined) return { agentId };
    if (department === undefined || agentId !== undefined) throw new Fault('input.invalid', 'Name a department or an agent, one of them.');
    refuseUnknown(department);
    return { department };
  }

  // Without departments.yaml any department goes.
  function refuseUnknown(department: string): void {
    const { departments } = known().knowledge;
    if (departments.length > 0 && !departments.some(({ id }) => id === department))
      throw new Fault('input.invalid', `There is no department "${department}".`, 'Choose one of departments.yaml.');
  }
}

function closedNow(knowledge: Knowledge): Record<string, string> {
  const opening = knowledge.departments.map(({ id }) => [id, opensAt(knowledge, id)] as const);
  return Object.fromEntries(opening.filter((each): each is readonly [string, string] => each[1] !== undefined));
}
