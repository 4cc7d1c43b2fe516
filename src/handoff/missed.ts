import { sql } from 'drizzle-orm';
import type { Db } from '../store/connection.ts';

/** A message of a contact that was not answered well. */
export interface MissedMessage {
  text: string;
  language: string;
  /** What an agent wrote in the end, masked, where the ticket that followed was resolved and nobody said that it was not solved. */
  reply?: string;
}

/**
 * What the bot did not answer well in the last days, newest first: it fell back, handed over for want of an answer or after a "no",
 * or the contact said at the end that it was not solved. Texts are masked, as stored. Of an agent's replies counts the last that says more than a greeting.
 */
export async function readMissed(db: Db, days = 90, limit = 5_000): Promise<MissedMessage[]> {
  const since = sql`now() - ${days} * interval '1 day'`;
  const { rows } = await db.execute<{ text: string; language: string | null; reply: string | null }>(sql`
    with missed as (
      select conversation_id, (data ->> 'handledSeq')::int as seq, at, at as asked_at from event
      where kind = 'turn' and at > ${since} and (data ->> 'decision' = 'fallback' or data ->> 'reason' in ('no-answer', 'not-solved'))
      union all
      select t.conversation_id, c.handled_seq, s.answered_at, null from survey s join ticket t on t.id = s.ticket_id join conversation c on c.id = t.conversation_id
      where s.answered_at > ${since} and t.reason <> 'asked' and s.solved = false)
    select distinct on (said.id) said.text, c.language, told.text as reply
    from missed join conversation c on c.id = missed.conversation_id
    cross join lateral (
      select m.id, m.text, m.seq from message m
      where m.conversation_id = missed.conversation_id and m.author = 'contact' and m.seq <= missed.seq and m.body ->> 'choice' is null and m.text !~ '^/'
      order by m.seq desc limit 1) said
    left join lateral (
      select t.id, t.resolved_at from ticket t where t.conversation_id = missed.conversation_id and t.state = 'resolved' and t.resolved_at >= missed.asked_at
      order by t.resolved_at limit 1) followed on true
    left join lateral (
      select m.text from message m
      where m.conversation_id = missed.conversation_id and m.author = 'agent' and m.seq > said.seq and m.created_at <= followed.resolved_at and m.text <> ''
        and not exists (select from survey s where s.ticket_id = followed.id and s.solved = false)
      order by length(m.text) >= ${tells} desc, m.seq desc limit 1) told on true
    order by said.id desc, told.text nulls last limit ${limit}`);
  return rows.map(({ text, language, reply }) => ({ text, language: language ?? '', ...(reply && { reply }) }));
}

/** So many characters say more than a greeting. */
const tells = 40;
