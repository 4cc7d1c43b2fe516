import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { address, contact, message, note, ticket } from '../../store/schema.ts';
import { searchQuery, searchVector } from '../../store/search-text.ts';
import { readTicketNumber, ticketNumber } from '../number.ts';

/** What narrows a list. */
export interface Filter {
  /** A ticket's number, a contact's name or address, or words of what was written (the beginnings of them). */
  search?: string;
  channel?: string;
  department?: string;
  language?: string;
  urgency?: 'normal' | 'high' | 'top';
  tag?: string;
}

/** The filter in SQL, over ticket and address; undefined where nothing is filtered. */
export function filtered({ search, channel, department, language, urgency, tag }: Filter): SQL | undefined {
  return and(
    channel ? eq(address.channel, channel) : undefined,
    department ? eq(ticket.department, department) : undefined,
    language ? eq(ticket.language, language) : undefined,
    urgency ? eq(ticket.urgency, urgency) : undefined,
    tag ? sql`${ticket.tags} @> array[${tag}]` : undefined,
    search?.trim() ? found(search.trim()) : undefined,
  );
}

/** One query on an index each, so that it costs what it finds and not what there is. */
function found(typed: string): SQL {
  const numbers = [readTicketNumber(typed), /^#?\d{4,12}$/.test(typed) ? ticketNumber(Number(typed.replace('#', ''))) : undefined];
  const byNumber = numbers.filter((each) => each !== undefined);
  const query = searchQuery(typed);
  const ways = [
    byNumber.length > 0 ? sql`select id from ticket where ${inArray(sql`number`, byNumber)}` : undefined,
    query &&
      sql`select t.id from ${message} join ticket t on t.conversation_id = ${message.conversationId}
        where ${message.author} in ('contact', 'agent') and ${searchVector(message.text)} @@ to_tsquery('simple', ${query})`,
    query &&
      sql`select t.id from ${contact} join ticket t on t.contact_id = ${contact.id} where ${searchVector(contact.name)} @@ to_tsquery('simple', ${query})`,
    query &&
      sql`select t.id from ${address} join ticket t on t.contact_id = ${address.contactId} where ${searchVector(address.value)} @@ to_tsquery('simple', ${query})`,
    query && sql`select ${note.ticketId} from ${note} where ${searchVector(note.text)} @@ to_tsquery('simple', ${query})`,
  ].filter((way) => way !== undefined && way !== '');
  return ways.length > 0 ? sql`${ticket.id} in (${sql.join(ways, sql` union `)})` : sql`false`;
}
