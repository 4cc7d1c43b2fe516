import { and, desc, eq, ne, or, sql } from 'drizzle-orm';
import type { Db } from '../../store/connection.ts';
import { address, callBack, conversation, ticket, ticketLink } from '../../store/schema.ts';
import type { Ticket } from '../ticket.ts';

/** A place where a contact can be written to. */
interface Place {
  id: number;
  channel: string;
  unreachable?: string;
  /** When they last wrote from there. */
  lastAt?: Date;
  /** The ticket's own place. */
  here: boolean;
  /** Number of the open ticket there. */
  open?: string;
}

/** What surrounds a ticket: where its contact can be reached, their other tickets, those that people have linked with it, and a call that they wish for. */
export interface Around {
  places: Place[];
  others: Ticket[];
  links: Ticket[];
  callBack?: typeof callBack.$inferSelect;
}

/** Reads what surrounds a ticket. */
export async function readAround(db: Db, row: Ticket): Promise<Around> {
  const [places, others, links, [wish]] = await Promise.all([
    db
      .select({
        id: address.id,
        channel: address.channel,
        unreachable: address.unreachable,
        lastAt: sql<string | null>`max(${conversation.heardAt})`,
        here: sql<boolean>`bool_or(${conversation.id} = ${row.conversationId})`,
        open: sql<
          string | null
        >`(select number from ticket join conversation c on c.id = ticket.conversation_id where c.address_id = ${address.id} and ticket.state <> 'resolved' limit 1)`,
      })
      .from(address)
      .innerJoin(conversation, eq(conversation.addressId, address.id))
      .where(eq(address.contactId, row.contactId))
      .groupBy(address.id)
      .orderBy(sql`4 desc nulls last`),
    db
      .select()
      .from(ticket)
      .where(and(eq(ticket.contactId, row.contactId), ne(ticket.id, row.id)))
      .orderBy(desc(ticket.id))
      .limit(20),
    db
      .select({ ticket })
      .from(ticketLink)
      .innerJoin(
        ticket,
        sql`${ticket.id} = case when ${ticketLink.oneId} = ${row.id} then ${ticketLink.otherId} else ${ticketLink.oneId} end`,
      )
      .where(or(eq(ticketLink.oneId, row.id), eq(ticketLink.otherId, row.id)))
      .orderBy(desc(ticket.id))
      .limit(50),
    db.select().from(callBack).where(eq(callBack.ticketId, row.id)),
  ]);
  return {
    places: places.map((each) => ({
      ...each,
      unreachable: each.unreachable ?? undefined,
      lastAt: each.lastAt ? new Date(each.lastAt) : undefined,
      open: each.open ?? undefined,
    })),
    others,
    links: links.map((each) => each.ticket),
    callBack: wish,
  };
}
