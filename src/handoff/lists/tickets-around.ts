import { sql } from 'drizzle-orm';
import type { Db } from '../../store/connection.ts';

/** A ticket and the conversation that it concerns; ids as the database writes them. */
export type TicketAround = {
  talk: string;
  contact: string;
  ticket: string;
  /** Its own conversation. */
  of: string;
  state: string;
  department: string;
  assignee: string | null;
};

/** The tickets of conversations, and the open ones that their contacts have elsewhere; oldest first. */
export async function ticketsAround(db: Db, conversationIds: number[]): Promise<TicketAround[]> {
  const { rows } = await db.execute<TicketAround>(sql`
    select c.id as talk, c.contact_id as contact, t.id as ticket, t.conversation_id as of, t.state, t.department, t.assignee_id as assignee
    from conversation c join ticket t on t.contact_id = c.contact_id
    where c.id in (${sql.join(
      conversationIds.map((id) => sql`${id}`),
      sql`, `,
    )}) and (t.conversation_id = c.id or t.state <> 'resolved')
    order by t.id`);
  return rows;
}
