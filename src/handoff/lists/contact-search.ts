import { type SQL, sql } from 'drizzle-orm';
import type { Db } from '../../store/connection.ts';
import { address, contact } from '../../store/schema.ts';
import { searchQuery, searchVector } from '../../store/search-text.ts';
import { readTicketNumber } from '../number.ts';

/** A contact who can be written to, and where that would be: the address at which they wrote last. */
export interface FoundContact {
  id: number;
  name?: string;
  channel: string;
  /** Of their newest ticket, to tell namesakes apart. */
  number?: string;
  lastAt?: Date;
  /** Nothing goes to them until a supervisor lifts that. */
  protected: boolean;
}

interface Row extends Record<string, unknown> {
  id: string;
  name: string | null;
  channel: string;
  number: string | null;
  last_at: string | Date | null;
  protected: boolean;
}

/** Contacts by the beginnings of words of their name or address, by the whole of an address, or by the number of a ticket; those who wrote last first. Only whom one of `channels` reaches. */
export async function findContacts(db: Db, typed: string, channels: string[], limit: number): Promise<FoundContact[]> {
  const ways = waysTo(typed.trim());
  if (ways.length === 0) return [];
  const { rows } = await db.execute<Row>(sql`
    select k.id, k.name, k.protected, place.channel, place.last_at,
      (select t.number from ticket t where t.contact_id = k.id order by t.id desc limit 1) as number
    from contact k join lateral (
      select a.channel, c.heard_at as last_at from address a left join conversation c on c.address_id = a.id
      where a.contact_id = k.id and a.unreachable is null and a.channel in (select jsonb_array_elements_text(${JSON.stringify(channels)}::jsonb))
      order by c.heard_at desc nulls last, a.id desc limit 1
    ) place on true
    where k.blocked_at is null and k.id in (${sql.join(ways, sql` union `)})
    order by place.last_at desc nulls last, k.id desc limit ${limit}`);
  return rows.map(({ id, name, channel, number, last_at, protected: held }) => ({
    id: Number(id),
    name: name ?? undefined,
    channel,
    number: number ?? undefined,
    lastAt: last_at === null ? undefined : new Date(last_at),
    protected: held,
  }));
}

// One query on an index each, so that it costs what it finds and not what there is.
function waysTo(typed: string): SQL[] {
  const number = readTicketNumber(typed);
  const query = searchQuery(typed);
  return [
    ...(number ? [sql`select contact_id from ticket where number = ${number}`] : []),
    ...(typed ? [sql`select contact_id from address where value = ${typed}`] : []),
    ...(query
      ? [
          sql`select ${contact.id} from ${contact} where ${searchVector(contact.name)} @@ to_tsquery('simple', ${query})`,
          sql`select ${address.contactId} from ${address} where ${searchVector(address.value)} @@ to_tsquery('simple', ${query})`,
        ]
      : []),
  ];
}
