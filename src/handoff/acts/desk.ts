import { and, eq } from 'drizzle-orm';
import { placeOf } from '../../conversation/place.ts';
import type { Queues } from '../../delivery/queues.ts';
import type { Db } from '../../store/connection.ts';
import { ticket } from '../../store/schema.ts';
import type { Agent } from '../agents/agent.ts';
import { findGone } from '../agents/presence.ts';
import { claimTicket, takeNext } from '../line/claim.ts';
import { returnTicket } from '../line/give-back.ts';
import type { Line } from '../line/line.ts';
import type { Ticket } from '../ticket.ts';
import { type AgentReply, replyTo } from './reply.ts';
import { type Farewell, resolveTicket, type TicketOutcome } from './resolve.ts';

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
      const [answered] = await db.select().from(ticket).where(eq(ticket.id, ticketId));
      // Whoever answers takes the case, on every route.
      if (answered?.state === 'waiting') await this.claim(who, ticketId);
      const messageId = await replyTo({ db, who, ticketId, reply });
      if (answered) await wake(answered.conversationId);
      return messageId;
    },
    async resolve(who, ticketId, outcome) {
      const resolved = await resolveTicket({ db, who, ticketId, outcome, farewell });
      await Promise.all([wake(resolved.conversationId), tell(resolved.conversationId)]);
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

  async function wake(conversationId: number): Promise<void> {
    const { channel } = await placeOf(db, conversationId);
    await queues.wake(`deliveries-${channel}`, String(conversationId));
  }

  async function tell(conversationId: number): Promise<void> {
    const { channel, address } = await placeOf(db, conversationId);
    await refresh(channel, address);
  }
}
