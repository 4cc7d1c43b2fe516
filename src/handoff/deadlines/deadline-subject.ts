import { and, eq, ne, sql } from 'drizzle-orm';
import type { Department } from '../../kb/topic.ts';
import type { Tx } from '../../store/connection.ts';
import { address, contact, conversation, message, ticket } from '../../store/schema.ts';
import { asleep } from '../acts/snooze.ts';
import type { Facts } from './due-now.ts';

/** An open ticket and all that its deadlines depend on. */
export type Subject = Omit<Facts, 'waiting'> & {
  channel: string;
  addressId: number;
  /** The database's time: processes' clocks may be wrong. */
  now: Date;
};

/** The open ticket of a conversation, under its row lock; undefined where there is none. `live`: channels where people expect an answer at once. */
export async function subjectOf(
  tx: Tx,
  conversationId: number,
  departments: Department[],
  live: (channel: string) => boolean,
): Promise<Subject | undefined> {
  const [row] = await tx
    .select({
      ticket,
      waitingSince: conversation.waitingSince,
      channel: address.channel,
      addressId: address.id,
      unreachable: address.unreachable,
      blockedAt: contact.blockedAt,
      tier: contact.tier,
      asleep,
      saidAt: sql<
        string | null
      >`(select max(coalesce(said.sent_at, said.created_at)) from ${message} said where said.conversation_id = ${conversation.id} and said.author <> 'contact')`,
      owed: sql<boolean>`exists (select from ${message} owed where owed.conversation_id = ${conversation.id} and owed.delivery in ('pending', 'sending'))`,
      now: sql<string>`clock_timestamp()`,
    })
    .from(ticket)
    .innerJoin(conversation, eq(conversation.id, ticket.conversationId))
    .innerJoin(address, eq(address.id, conversation.addressId))
    .innerJoin(contact, eq(contact.id, ticket.contactId))
    .where(and(eq(ticket.conversationId, conversationId), ne(ticket.state, 'resolved')))
    .for('update', { of: ticket });
  if (!row) return undefined;
  const { saidAt, now, unreachable, blockedAt, tier, ...rest } = row;
  return {
    ...rest,
    saidAt: saidAt === null ? null : new Date(saidAt),
    now: new Date(now),
    tellable: unreachable === null && blockedAt === null,
    department: departments.find(({ id }) => id === row.ticket.department),
    claimant: { urgency: row.ticket.urgency, tier, live: live(row.channel), channel: row.channel },
  };
}
