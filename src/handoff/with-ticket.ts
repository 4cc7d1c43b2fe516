import { and, desc, eq, ne } from 'drizzle-orm';
import type { Reading } from '../conversation/channel.ts';
import type { Db } from '../store/connection.ts';
import { address, agent, conversation, ticket } from '../store/schema.ts';
import { positionInLine } from './line/line.ts';

/** Adds to what stands on an address its open ticket, place in line and the agent who answers. */
export function withTicket(db: Db) {
  return async (channel: string, value: string, reading: Reading): Promise<Reading> => {
    if (reading.state.owner === 'bot') return reading;
    const [open] = await db
      .select({ ticket, agent: agent.name })
      .from(ticket)
      .innerJoin(conversation, eq(conversation.id, ticket.conversationId))
      .innerJoin(address, eq(address.id, conversation.addressId))
      .leftJoin(agent, eq(agent.id, ticket.assigneeId))
      .where(and(eq(address.channel, channel), eq(address.value, value), ne(ticket.state, 'resolved')))
      .orderBy(desc(ticket.id))
      .limit(1);
    if (!open) return reading;
    const position = open.ticket.state === 'waiting' ? await positionInLine(db, open.ticket) : undefined;
    return { ...reading, state: { ...reading.state, ticket: { number: open.ticket.number, position }, agent: open.agent ?? undefined } };
  };
}
