import { and, eq, sql } from 'drizzle-orm';
import type { Queues } from '../delivery/queues.ts';
import type { Db } from '../store/connection.ts';
import { address, conversation, ticket } from '../store/schema.ts';
import type { Agent } from './agent.ts';
import { claimTicket, takeNext } from './claim.ts';
import { returnTicket } from './give-back.ts';
import type { Line } from './line.ts';
import { findGone } from './presence.ts';
import { type AgentReply, replyTo } from './reply.ts';
import { type Farewell, resolveTicket, type TicketOutcome } from './resolve.ts';
import type { Ticket } from './ticket.ts';

/** What people do with tickets: each act is one transaction, then the wake-ups of whom it concerns. */
export interface Desk {
  claim(who: Agent, ticketId: number): Promise<Ticket>;
  next(who: Agent): Promise<Ticket | undefined>;
  reply(who: Agent, ticketId: number, reply: AgentReply): Promise<number>;
  resolve(who: Agent, ticketId: number, outcome: TicketOutcome): Promise<Ticket>;
  giveBack(who: Agent, ticketId: number): Promise<Ticket | undefined>;
  /** Returns everything that an agent has to the line: they were disabled. */
  returnAllOf(agentId: number): Promise<number>;
  /** Returns the tickets of agents who are gone to the line. */
  returnOfGone(): Promise<number>;
}

interface Parts {
  db: Db;
  queues: Queues;
  line: Line;
  farewell: Farewell;
  /** The state on an address changed: a channel that shows it is told. */
  refresh(channel: string, address: string): Promise<void>;
}

/** The desk's acts over the record, the line and the pipes. */
export function createDesk({ db, queues, line, farewell, refresh }: Parts): Desk {
  const giveBack = async (ticketId: number, agentId: number, reason: 'returned' | 'presence' | 'disabled') => {
    const returned = await returnTicket(db, ticketId, agentId, reason);
    if (returned) await Promise.all([line.join(returned), tell(returned.conversationId)]);
    return returned;
  };
  return {
    async claim(who, ticketId) {
      const claimed = await claimTicket(db, who, ticketId);
      await Promise.all([line.leave(claimed), tell(claimed.conversationId)]);
      return claimed;
    },
    async next(who) {
      const taken = await takeNext(db, who);
      if (taken) await Promise.all([line.leave(taken), tell(taken.conversationId)]);
      return taken;
    },
    async reply(who, ticketId, reply) {
      const [waiting] = await db.select({ state: ticket.state }).from(ticket).where(eq(ticket.id, ticketId));
      // Whoever answers takes the case, on every route.
      if (waiting?.state === 'waiting') await this.claim(who, ticketId);
      const messageId = await replyTo(db, who, ticketId, reply);
      await wake(ticketId);
      return messageId;
    },
    async resolve(who, ticketId, outcome) {
      const resolved = await resolveTicket(db, who, ticketId, outcome, farewell);
      await Promise.all([wake(ticketId), tell(resolved.conversationId)]);
      return resolved;
    },
    giveBack: (who, ticketId) => giveBack(ticketId, who.id, 'returned'),
    async returnAllOf(agentId) {
      const theirs = await db
        .select({ id: ticket.id })
        .from(ticket)
        .where(and(eq(ticket.assigneeId, agentId), eq(ticket.state, 'assigned')));
      for (const { id } of theirs) await giveBack(id, agentId, 'disabled');
      return theirs.length;
    },
    async returnOfGone() {
      const gone = await findGone(db);
      for (const { ticketId, agentId } of gone) await giveBack(ticketId, agentId, 'presence');
      return gone.length;
    },
  };

  async function placeOf(which: ReturnType<typeof eq>): Promise<{ id: number; channel: string; value: string } | undefined> {
    const [row] = await db
      .select({ id: conversation.id, channel: address.channel, value: address.value })
      .from(conversation)
      .innerJoin(address, eq(address.id, conversation.addressId))
      .where(which);
    return row;
  }

  async function wake(ticketId: number): Promise<void> {
    const place = await placeOf(
      sql`${conversation.id} = (select conversation_id from ticket where id = ${ticketId})` as ReturnType<typeof eq>,
    );
    if (place) await queues.wake(`deliveries-${place.channel}`, String(place.id));
  }

  async function tell(conversationId: number): Promise<void> {
    const place = await placeOf(eq(conversation.id, conversationId));
    if (place) await refresh(place.channel, place.value);
  }
}
