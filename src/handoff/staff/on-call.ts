import { sql } from 'drizzle-orm';
import type { Desk } from '../../kb/topic.ts';
import type { Db } from '../../store/connection.ts';

/** Whether urgent tickets and outages alert somebody outside of the desk. `failing`: the last word to somebody on call did not reach them, within a day. */
export async function onCallState(db: Db, onCall: Desk['onCall']): Promise<'named' | 'unset' | 'failing'> {
  if (!onCall) return 'unset';
  const { rows } = await db.execute<{ failing: boolean }>(sql`
    select exists (select from (
      select distinct on (channel, recipient) state, created_at from staff_notice
      where kind in ('on-call', 'outage', 'works-again') and state in ('sent', 'uncertain', 'failed') and created_at > now() - interval '1 day'
      order by channel, recipient, id desc) last where state = 'failed') as failing`);
  return rows[0]?.failing ? 'failing' : 'named';
}
