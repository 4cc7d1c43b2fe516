import type { Reply } from '../../conversation/message.ts';
import { titleOf } from '../../dialogue/say.ts';
import type { ListedTicket } from '../../handoff/lists.ts';
import type { WholeTicket } from '../../handoff/whole-ticket.ts';
import type { Knowledge } from '../../kb/topic.ts';
import type { DeskMessage, TicketLine, TicketView } from './protocol.ts';

/** A ticket as the wire has it. */
export function presentLine(
  { ticket, contact: person, channel, assignee, preview }: ListedTicket,
  knowledge: Knowledge,
  language: string,
): TicketLine {
  return {
    id: ticket.id,
    number: ticket.number,
    state: ticket.state,
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
    resolvedAt: ticket.resolvedAt?.toISOString(),
    outcome: ticket.outcome ?? undefined,
  };
}

/** The whole conversation of a ticket as the wire has it. */
export function presentTicket(
  { cursor, listed, talk, person, answered, messages, events, names }: WholeTicket,
  knowledge: Knowledge,
  language: string,
): TicketView {
  return {
    ticket: presentLine(listed, knowledge, language),
    owner: talk.owner,
    messages: messages.map((row) => presentMessage(row, row.agentId === null ? undefined : names[row.agentId])),
    events: events.map(({ seq, kind, data, agentId, at }) => ({
      seq: seq ?? 0,
      kind,
      data: data as Record<string, unknown>,
      agent: agentId === null ? undefined : names[agentId],
      at: at.toISOString(),
    })),
    heardSeq: talk.heardSeq,
    contact: {
      id: person.id,
      name: person.name ?? undefined,
      language: person.language ?? undefined,
      tier: person.tier ?? undefined,
      protected: person.protected,
    },
    survey: answered && {
      solved: answered.solved ?? undefined,
      score: answered.score ?? undefined,
      comment: answered.comment ?? undefined,
    },
    cursor,
  };
}

function presentMessage(row: WholeTicket['messages'][number], name: string | undefined): DeskMessage {
  const body = row.body as Partial<Extract<Reply, { type: 'choices' }>>;
  const findings = row.findings as { kind: string }[] | null;
  return {
    id: row.id,
    seq: row.seq,
    author: row.author,
    agent: name,
    text: row.text,
    choices: body.choices?.map(({ label }) => label),
    delivery: row.delivery ?? undefined,
    failure: row.failure ?? undefined,
    masked: findings?.length ? [...new Set(findings.map(({ kind }) => kind))] : undefined,
    why: (row.why as DeskMessage['why']) ?? undefined,
    at: (row.sentAt ?? row.createdAt).toISOString(),
  };
}
