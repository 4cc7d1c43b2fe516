import { sql } from 'drizzle-orm';
import type { Db } from '../store/connection.ts';

/** How often each topic was decided on in the newest turns of the bot (20,000: the cost does not grow with the history). */
export async function countAskedTopics(db: Db, newest = 20_000): Promise<Map<string, number>> {
  const { rows } = await db.execute<{ topic: string; count: number }>(sql`
    select topic, count(*)::int as count
      from (select data ->> 'topic' as topic from event where kind = 'turn' order by at desc limit ${newest}) as turn
      where topic is not null group by topic`);
  return new Map(rows.map(({ topic, count }) => [topic, count]));
}
