import { sql } from 'drizzle-orm';
import type { Db } from '../store/connection.ts';

/** A message of a contact that was not answered well. */
export interface MissedMessage {
  text: string;
  language: string;
}

/**
 * What the bot did not answer well in the last days, newest first: it fell back, handed over for want of an answer or after a "no",
 * or the contact said at the end that it was not solved. Texts are masked, as stored.
 */
export async function readMissed(db: Db, days = 90, limit = 5_000): Promise<MissedMessage[]> {
  const since = sql`now() - ${days} * interval '1 day'`;
  const { rows } = await db.execute<{ text: string; language: string | null }>(sql`
    with missed as (
      select conversation_id, (data ->> 'handledSeq')::int as seq, at from event
      where kind = 'turn' and at > ${since} and (data ->> 'decision' = 'fallback' or data ->> 'reason' in ('no-answer', 'not-solved'))
      union all
      select t.conversation_id, c.handled_seq, s.answered_at from survey s join ticket t on t.id = s.ticket_id join conversation c on c.id = t.conversation_id
      where s.answered_at > ${since} and t.reason <> 'asked' and s.solved = false)
    select distinct on (said.id) said.text, c.language
    from missed join conversation c on c.id = missed.conversation_id
    cross join lateral (
      select m.id, m.text from message m
      where m.conversation_id = missed.conversation_id and m.author = 'contact' and m.seq <= missed.seq and m.body ->> 'choice' is null and m.text !~ '^/'
      order by m.seq desc limit 1) said
    order by said.id desc limit ${limit}`);
  return rows.map(({ text, language }) => ({ text, language: language ?? '' }));
}
