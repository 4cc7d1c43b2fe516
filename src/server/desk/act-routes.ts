import { z } from 'zod';
import type { Known } from '../../dialogue/understand.ts';
import { Fault } from '../../errors.ts';
import type { Acts } from '../../handoff/acts/acts.ts';
import { longestNote } from '../../handoff/acts/note.ts';
import { longestTag } from '../../handoff/acts/tags.ts';
import type { TransferTo } from '../../handoff/acts/transfer.ts';
import type { Agent } from '../../handoff/agents/agent.ts';
import type { Knowledge } from '../../kb/topic.ts';
import type { Db } from '../../store/connection.ts';
import type { Http } from '../http.ts';
import { answers, done } from './answers.ts';
import { urgency } from './codes.ts';
import { byId, clientId, nothing, ofMessage, otherNumber, time } from './inputs.ts';
import { openRoutes } from './open-routes.ts';

interface Parts {
  db: Db;
  acts: Acts;
  known(): Known;
}

const note = z.strictObject({ id: clientId, text: z.string().trim().min(1).max(longestNote) });
const maybeNote = z.strictObject({ note: note.optional() });
const transfer = maybeNote.extend({ department: z.string().max(60).optional(), agentId: z.int().positive().optional() });
const tags = z.strictObject({ tags: z.array(z.string().max(longestTag * 2)).max(40) });
const language = z.strictObject({ language: z.string().regex(/^[a-z]{2,3}$/) });
const callBack = z.strictObject({ number: z.string().max(40), wishedAt: time });
const opening = z.strictObject({
  addressId: z.int().positive(),
  department: z.string().max(60),
  id: clientId,
  text: z.string().trim().min(1).max(8_000),
});

type RunAct<Body extends z.ZodType> = (who: Agent, ticketId: number, body: z.output<Body>) => Promise<unknown>;

/** Adds the route of a change of a ticket that answers nothing but that it is done; `name`: the end of its path. */
type AddAct = <Body extends z.ZodType>(name: string, summary: string, body: Body, run: RunAct<Body>) => void;

/** What is done with a ticket beside taking, answering and resolving it (act-protocol.ts), under /api/desk/tickets/:id. */
export function actRoutes(http: Http, { db, acts, known }: Parts): void {
  const { typed, signedIn, about } = openRoutes(http, db, 'acts');

  whereItGoes(act, acts, (to) => goalOf(to, known().knowledge));
  whatIsSaidOfIt(act, acts);
  whoItsContactIs(act, acts);
  whatGoesOut();

  function act<Body extends z.ZodType>(name: string, summary: string, body: Body, run: RunAct<Body>): void {
    typed.post(
      `/api/desk/tickets/:id/${name}`,
      { ...signedIn, schema: { ...about(summary), params: byId, body, response: answers(done) } },
      async (request) => {
        await run(request.agent, (request.params as { id: number }).id, request.body as z.output<Body>);
        return {};
      },
    );
  }

  function whatGoesOut(): void {
    typed.post(
      '/api/desk/tickets/:id/start',
      {
        ...signedIn,
        schema: {
          ...about('Write first, on an address of this ticket’s contact: a new ticket, one’s own'),
          params: byId,
          body: opening,
          response: answers(z.object({ ticketId: z.number() })),
        },
      },
      async ({ agent: who, params: { id }, body }) => {
        refuseUnknown(body.department, known().knowledge);
        return { ticketId: await acts.start(who, id, body) };
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
  }
}

function whereItGoes(act: AddAct, acts: Acts, goal: (to: { department?: string; agentId?: number }) => TransferTo): void {
  act('transfer', 'Hand on: into a department’s line, or to one agent', transfer, (who, id, { note: why, ...to }) =>
    acts.transfer(who, id, goal(to), why),
  );
  act('escalate', 'Raise to the next rung: supervisors, then an investigation', maybeNote, (who, id, body) =>
    acts.escalate(who, id, body.note),
  );
  act('snooze', 'Put out of sight until a time, or until the contact writes', z.strictObject({ until: time }), (who, id, { until }) =>
    acts.snooze(who, id, until),
  );
  act('wake', 'Wake a snoozed ticket', nothing, acts.wake);
  act('reopen', 'Take a resolved ticket up again', nothing, acts.reopen);
  act('to-bot', 'Give the conversation back to the bot', nothing, acts.toBot);
}

function whatIsSaidOfIt(act: AddAct, acts: Acts): void {
  act('note', 'Leave a private note, for agents only', note, acts.note);
  act('urgency', 'How urgent it is', z.strictObject({ urgency }), (who, id, body) => acts.urgency(who, id, body.urgency));
  act('language', 'In which language the contact is to be answered', language, (who, id, body) => acts.language(who, id, body.language));
  act('tags', 'Set the tags', tags, (who, id, body) => acts.tags(who, id, body.tags));
  act('link', 'Link with another ticket', otherNumber, (who, id, body) => acts.link(who, id, body.number));
  act('unlink', 'Take a link away', z.strictObject({ ticketId: z.int().positive() }), (who, id, { ticketId }) =>
    acts.unlink(who, id, ticketId),
  );
}

function whoItsContactIs(act: AddAct, acts: Acts): void {
  act(
    'merge',
    'Merge the contact of another ticket into this one’s; cannot be undone, supervisors only',
    otherNumber,
    (who, id, { number }) => acts.merge(who, id, number),
  );
  act('block', 'Block the contact: what they write is kept and answered by nobody', nothing, acts.block);
  act('unblock', 'Let the contact be heard again', nothing, acts.unblock);
  act('lift', 'Lift the contact’s protection, with a note why; supervisors only', z.strictObject({ note }), (who, id, body) =>
    acts.lift(who, id, body.note),
  );
  act('call-back', 'Note a call that the contact wishes for, on a number that was checked', callBack, acts.callBack);
  act('call-back/done', 'The call was made, or is not wished for any more', nothing, acts.callBackDone);
}

function goalOf({ department, agentId }: { department?: string; agentId?: number }, knowledge: Knowledge): TransferTo {
  if (agentId !== undefined && department === undefined) return { agentId };
  if (department === undefined || agentId !== undefined) throw new Fault('input.invalid', 'Name a department or an agent, one of them.');
  refuseUnknown(department, knowledge);
  return { department };
}

// Without departments.yaml any department goes.
function refuseUnknown(department: string, { departments }: Knowledge): void {
  if (departments.length > 0 && !departments.some(({ id }) => id === department))
    throw new Fault('input.invalid', `There is no department "${department}".`, 'Choose one of departments.yaml.');
}
