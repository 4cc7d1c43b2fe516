import { titleOf } from '../../dialogue/say.ts';
import type { ListedTicket } from '../../handoff/lists/lists.ts';
import type { WholeTicket } from '../../handoff/lists/whole-ticket.ts';
import type { Ticket } from '../../handoff/ticket.ts';
import type { Knowledge } from '../../kb/topic.ts';
import { opensAt } from './opens-at.ts';
import { presentMessage } from './present-message.ts';
import { presentPerson } from './present-person.ts';
import type { TicketLine, TicketView } from './protocol.ts';
import type { OtherTicket } from './talk-protocol.ts';

/** A ticket as the wire has it. */
export function presentLine(
  { ticket, contact: person, channel, assignee, preview, heardSeq, heardAt, seenSeq }: ListedTicket,
  knowledge: Knowledge,
  language: string,
): TicketLine {
  return {
    id: ticket.id,
    number: ticket.number,
    state: ticket.state,
    level: ticket.level,
    department: ticket.department,
    reason: ticket.reason,
    topic: ticket.topic ?? undefined,
    topicTitle: ticket.topic ? titleOf(ticket.topic, { knowledge, language }) : undefined,
    language: ticket.language,
    urgency: ticket.urgency,
    channel,
    contact: { id: person.id, name: person.name ?? undefined },
    assignee: ticket.assigneeId === null ? undefined : { id: ticket.assigneeId, name: assignee ?? '' },
    preview: preview ?? '',
    createdAt: ticket.createdAt.toISOString(),
    firstAnswerDue: ticket.firstAnswerDue.toISOString(),
    firstAnswerAt: ticket.firstAnswerAt?.toISOString(),
    nextAnswerDue: ticket.nextAnswerDue?.toISOString(),
    resolutionDue: ticket.resolutionDue.toISOString(),
    resolvedAt: ticket.resolvedAt?.toISOString(),
    snoozedUntil: ticket.snoozedUntil?.toISOString(),
    outcome: ticket.outcome ?? undefined,
    tags: ticket.tags,
    heardSeq,
    lastAt: heardAt?.toISOString(),
    unread: ticket.state !== 'resolved' && heardSeq > (seenSeq ?? 0),
  };
}

/** The whole conversation of a ticket as the wire has it. */
export function presentTicket(whole: WholeTicket, knowledge: Knowledge, language: string): TicketView {
  const { cursor, listed, talk, person, answered, messages, events, notes, earlier, around, newsSeq, names, files } = whole;
  const nameOf = (id: number | null) => (id === null ? undefined : names[id]);
  return {
    ticket: presentLine(listed, knowledge, language),
    opens: opensAt(knowledge, listed.ticket.department),
    conversationId: talk.id,
    owner: talk.owner,
    messages: messages.map((row) => presentMessage(row, { names, files, knowledge, language })),
    events: events.map(({ id, conversationId, seq, kind, data, agentId, at }) => ({
      id,
      conversationId: conversationId ?? 0,
      seq: seq ?? 0,
      kind,
      data: { ...(data as Record<string, unknown>), ...namesIn(data as Record<string, unknown>, nameOf) },
      agent: nameOf(agentId),
      at: at.toISOString(),
    })),
    notes: notes.map(({ id, ticketId, agentId, text, createdAt }) => ({
      id,
      ticketId,
      agent: nameOf(agentId),
      text,
      at: createdAt.toISOString(),
    })),
    earlier,
    heardSeq: newsSeq,
    contact: {
      ...presentPerson(person),
      blockedAt: person.blockedAt?.toISOString(),
      about: (person.about as TicketView['contact']['about'] | null) ?? undefined,
    },
    around: {
      places: around.places.map((each) => ({ ...each, lastAt: each.lastAt?.toISOString() })),
      others: around.others.map((each) => presentOther(each, knowledge, language)),
      links: around.links.map((each) => presentOther(each, knowledge, language)),
      callBack: around.callBack && {
        ending: around.callBack.ending,
        wishedAt: around.callBack.wishedAt.toISOString(),
        doneAt: around.callBack.doneAt?.toISOString(),
      },
    },
    survey: answered && {
      solved: answered.solved ?? undefined,
      score: answered.score ?? undefined,
      comment: answered.comment ?? undefined,
    },
    cursor,
  };
}

function presentOther(
  { id, number, state, department, reason, topic, outcome, createdAt }: Ticket,
  knowledge: Knowledge,
  language: string,
): OtherTicket {
  const topicTitle = topic ? titleOf(topic, { knowledge, language }) : undefined;
  return { id, number, state, department, reason, topicTitle, outcome: outcome ?? undefined, createdAt: createdAt.toISOString() };
}

/** An event names an agent by id; people read a name. */
function namesIn({ to, assigneeId }: Record<string, unknown>, nameOf: (id: number) => string | undefined): { toName?: string } {
  const who = typeof to === 'number' ? to : assigneeId;
  return typeof who === 'number' ? { toName: nameOf(who) } : {};
}
