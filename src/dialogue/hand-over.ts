import { withdrawFenced } from '../conversation/owner.ts';
import type { Draft, Outcome, Turn } from '../delivery/turn.ts';
import { linkToEarlier } from '../handoff/acts/links.ts';
import { reopenInTurn } from '../handoff/acts/reopen.ts';
import { expectationOf } from '../handoff/line/expectation.ts';
import type { Line } from '../handoff/line/line.ts';
import { keepNotices, noticesOfWaiting } from '../handoff/staff/staff-notice.ts';
import { openTicket, planTicket, type Ticket } from '../handoff/ticket.ts';
import type { Db } from '../store/connection.ts';
import { type Decision, ruleDepartments } from './decide.ts';
import { existingDepartment } from './existing-department.ts';
import type { Voice } from './say.ts';
import { sayHandoff } from './say-handoff.ts';
import type { DialogueState } from './state.ts';

/** What is said and done in a turn, before it is joined with what every turn has. */
export type Said = Pick<Outcome, 'state' | 'owner' | 'alongside' | 'after'> & { reply: Draft };

type Handoff = Extract<Decision, { act: 'handoff' }>;

interface Parts {
  db: Db;
  line: Line;
  live(channel: string): boolean;
}

/** Gives the conversation to people: with a new ticket, or with `closed`, the one that what they wrote belongs to, open again. */
export async function handOver(
  { db, line, live }: Parts,
  turn: Turn,
  decision: Handoff,
  voice: Voice,
  state: DialogueState,
  closed?: Ticket,
): Promise<Said> {
  const again = decision.reason === 'reopened' ? closed : undefined;
  const { departments, desk } = voice.knowledge;
  const department = again?.department ?? departmentOf(decision, turn, voice);
  const house = departments.find(({ id }) => id === department);
  const topic = again?.topic ?? decision.topic?.id;
  const plan = await planTicket(
    db,
    {
      department,
      reason: decision.reason,
      topic,
      language: voice.language,
      urgency: again?.urgency ?? decision.urgency,
      protects: decision.protects,
    },
    { tier: turn.contact.tier, live: live(turn.channel), channel: turn.channel },
    turn.now,
    { department: house, desk },
  );
  const expected = await expectationOf(db, house, plan, turn.now);
  let joins = { id: 0, place: 1 };
  return {
    reply: {
      reply: { type: 'text', text: sayHandoff({ ...decision, department }, again?.number ?? plan.number, expected, voice) },
      fence: 'none',
    },
    state: { introduced: state.introduced || decision.reason !== 'distress', lastTopic: topic ?? state.lastTopic },
    owner: 'queue',
    alongside: async (tx) => {
      await withdrawFenced(tx, turn.conversation.id);
      if (again) {
        const { lineAt, firstAnswerDue, resolutionDue } = plan;
        joins = await reopenInTurn(tx, again.id, { lineAt, firstAnswerDue, resolutionDue });
        await keepNotices(tx, again.id, noticesOfWaiting({ urgency: again.urgency, place: joins.place }, house, desk.onCall, false));
        return;
      }
      joins.id = await openTicket(tx, plan, turn.conversation.id, turn.contact.id);
      // Letters of one thread are one matter, also where the case before is too old to be opened again.
      if (!live(turn.channel)) await linkToEarlier(tx, joins.id, turn.conversation.id);
    },
    after: () => line.join({ ...joins, department, lineAt: plan.lineAt, conversationId: turn.conversation.id }),
  };
}

/** The decision's department, that of the place they wrote to where no topic says otherwise, or the first where there is none such. */
function departmentOf({ department, topic }: Handoff, turn: Turn, { knowledge: { departments } }: Voice): string {
  const wanted = department === ruleDepartments.other && !topic ? (turn.messages.at(-1)?.body.department ?? department) : department;
  return existingDepartment(wanted, departments);
}
