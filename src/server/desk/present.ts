import { and, asc, eq, isNull, or, sql } from 'drizzle-orm';
import { conversationEvents, latestCursor } from '../../conversation/event.ts';
import type { Reply } from '../../conversation/message.ts';
import { titleOf } from '../../dialogue/say.ts';
import { Fault } from '../../errors.ts';
import type { Agent } from '../../handoff/agent.ts';
import { findTicket, type ListedTicket } from '../../handoff/lists.ts';
import type { Knowledge } from '../../kb/topic.ts';
import type { Db } from '../../store/connection.ts';
import { agent, contact, conversation, message, survey } from '../../store/schema.ts';
import type { DeskMessage, TicketLine, TicketView } from './protocol.ts';

/** A ticket as the wire has it. */
export function presentLine({ ticket, contact: person, channel, assignee, preview }: ListedTicket, knowledge: Knowledge, language: string): TicketLine {
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

/** The whole conversation of a ticket that the agent may see; throws `not-found` otherwise. */
export async function presentTicket(db: Db, who: Agent, ticketId: number, knowledge: Knowledge, language: string): Promise<TicketView> {
  // First the cursor, then the rest: what changes in between is told again, never missed.
  const cursor = await latestCursor(db);
  const listed = await findTicket(db, who, ticketId);
  if (!listed) throw new Fault('not-found', 'There is no such ticket.');
  const { conversationId, contactId } = listed.ticket;
  const [talk] = await db.select().from(conversation).where(eq(conversation.id, conversationId));
  const [person] = await db.select().from(contact).where(eq(contact.id, contactId));
  const [asked] = await db.select().from(survey).where(eq(survey.ticketId, ticketId));
  const rows = await db
    .select({ message, agent: agent.name })
    .from(message)
    .leftJoin(agent, eq(agent.id, message.agentId))
    .where(and(eq(message.conversationId, conversationId), or(isNull(message.delivery), sql`${message.delivery} <> 'withdrawn'`)))
    .orderBy(asc(sql`coalesce(${message.seq}, 2147483647)`), asc(message.id));
  const names = await db.select({ id: agent.id, name: agent.name }).from(agent);
  const events = await conversationEvents(db, conversationId);
  return {
    ticket: presentLine(listed, knowledge, language),
    owner: talk?.owner ?? 'bot',
    messages: rows.map((row) => presentMessage(row.message, row.agent)),
    events: events
      .filter(({ kind }) => kind === 'ticket' || kind === 'survey')
      .map(({ seq, kind, data, agentId, at }) => ({ seq: seq ?? 0, kind, data: data as Record<string, unknown>, agent: names.find(({ id }) => id === agentId)?.name, at: at.toISOString() })),
    heardSeq: talk?.heardSeq ?? 0,
    contact: { id: contactId, name: person?.name ?? undefined, language: person?.language ?? undefined, tier: person?.tier ?? undefined, protected: person?.protected ?? false },
    survey: asked?.answeredAt ? { solved: asked.solved ?? undefined, score: asked.score ?? undefined, comment: asked.comment ?? undefined } : undefined,
    cursor,
  };
}

function presentMessage(row: typeof message.$inferSelect, name: string | null): DeskMessage {
  const body = row.body as Partial<Extract<Reply, { type: 'choices' }>>;
  const findings = row.findings as { kind: string }[] | null;
  return {
    id: row.id,
    seq: row.seq,
    author: row.author,
    agent: name ?? undefined,
    text: row.text,
    choices: body.choices?.map(({ label }) => label),
    delivery: row.delivery ?? undefined,
    failure: row.failure ?? undefined,
    masked: findings?.length ? [...new Set(findings.map(({ kind }) => kind))] : undefined,
    why: (row.why as DeskMessage['why']) ?? undefined,
    at: (row.sentAt ?? row.createdAt).toISOString(),
  };
}
