import { sql } from 'drizzle-orm';
import type { Db } from '../store/connection.ts';
import { type Texts, textFor } from './announcement-text.ts';

/** Puts an announcement that a contact got into their newest conversation there, so that whoever answers them sees what they were told. */
export async function keepAnnouncement(
  db: Db,
  { id, channel, place, texts, languages }: { id: string; channel: string; place: string; texts: Texts; languages: string[] },
): Promise<void> {
  const text = textFor(texts, languages);
  await db.execute(sql`
    with talk as (
      update conversation set last_seq = last_seq + 1 where id = (
        select c.id from conversation c join address a on a.id = c.address_id
        where a.channel = ${channel} and a.value = ${place} order by c.id desc limit 1)
      returning id, address_id, last_seq
    ), kept as (
      insert into message (conversation_id, address_id, seq, author, text, body, delivery, fence, sent_at)
        select id, address_id, last_seq, 'system', ${text}, ${JSON.stringify({ type: 'text', text })}::jsonb, 'sent', 'none', clock_timestamp() from talk
      returning id
    )
    insert into event (conversation_id, seq, kind, data)
      select talk.id, talk.last_seq, 'message', jsonb_build_object('author', 'system', 'messageId', kept.id, 'announcement', ${id}::bigint) from talk, kept`);
}
