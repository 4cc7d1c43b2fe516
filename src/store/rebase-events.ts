import { sql } from 'drizzle-orm';
import type { Db } from './connection.ts';
import { event, webhook } from './schema.ts';

/** Below that of every transaction there is. */
const longAgo = '3';

/**
 * Events are read in the order of their transactions, whose numbers are the server's own. A record that was restored into another server brings numbers
 * which that server has yet to reach: until then nothing new would be told to webhooks, and the old would be told to channels again and again. Then all
 * events count as made long ago, and readers go on where they were.
 */
export async function rebaseEvents(db: Db): Promise<void> {
  await db.transaction(async (tx) => {
    const { rows } = await tx.execute(sql`
      select 1 from (select xid from ${event} order by xid desc limit 1) as newest where newest.xid >= pg_snapshot_xmax(pg_current_snapshot())
      union all
      select 1 from ${webhook} where split_part(position, ':', 1)::numeric >= pg_snapshot_xmax(pg_current_snapshot())::text::numeric
      limit 1`);
    if (rows.length === 0) return;
    // What a reader has read ends before the first event that it has not.
    await tx.execute(sql`
      update ${webhook} as w set position = ${`${longAgo}:`} || coalesce(
        (select min(e.id) - 1 from ${event} as e where (e.xid, e.id) > (split_part(w.position, ':', 1)::xid8, split_part(w.position, ':', 2)::bigint)),
        (select max(e.id) from ${event} as e), 0)`);
    await tx.execute(sql`update ${event} set xid = ${longAgo}::xid8`);
  });
}
