import { sql } from 'drizzle-orm';
import type { Db } from '../../store/connection.ts';

/** Where somebody writes whom people have: the conversation and its open ticket. */
export interface Writing {
  conversationId: number;
  ticketId: number;
}

/** The ticket that a contact on an address writes to; undefined while the bot has the conversation, when nobody at the desk looks on. */
export async function writingOn(db: Db, channel: string, address: string): Promise<Writing | undefined> {
  const { rows } = await db.execute<{ conversation: string; ticket: string }>(sql`
    select c.id as conversation, t.id as ticket from address a
      join conversation c on c.address_id = a.id and c.closed_at is null and c.owner <> 'bot'
      join ticket t on t.conversation_id = c.id and t.state <> 'resolved'
      where a.channel = ${channel} and a.value = ${address} limit 1`);
  const [row] = rows;
  return row && { conversationId: Number(row.conversation), ticketId: Number(row.ticket) };
}

/** Where the contact of a ticket is, for the agent who has it; undefined for anybody else. */
export async function writtenTo(db: Db, agentId: number, ticketId: number): Promise<{ channel: string; address: string } | undefined> {
  const { rows } = await db.execute<{ channel: string; address: string }>(sql`
    select a.channel, a.value as address from ticket t
      join conversation c on c.id = t.conversation_id
      join address a on a.id = c.address_id
      where t.id = ${ticketId} and t.assignee_id = ${agentId} and t.state = 'assigned' and a.unreachable is null`);
  return rows[0];
}
