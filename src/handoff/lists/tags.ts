import { and, desc, ne, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../store/connection.ts';
import { ticket } from '../../store/schema.ts';
import type { Agent } from '../agents/agent.ts';
import { inSight } from './in-sight.ts';

/** The tags that open tickets of an agent's sight have, in order: what lists can be narrowed to. */
export async function openTags(db: Db, who: Agent): Promise<string[]> {
  const rows = await db
    .selectDistinct({ tag: sql<string>`unnest(${ticket.tags})` })
    .from(ticket)
    .where(and(inSight(who), ne(ticket.state, 'resolved')));
  return rows.map(({ tag }) => tag).sort();
}

/** Tags that tickets of the last half year have, the most used first; `who`: only those of tickets of an agent's sight. At most 200. */
export async function usedTags(db: Db | Tx, who?: Agent): Promise<string[]> {
  const used = db
    .select({ tag: sql<string>`unnest(${ticket.tags})`.as('tag') })
    .from(ticket)
    .where(and(who && inSight(who), sql`${ticket.tags} <> '{}' and ${ticket.createdAt} > now() - interval '180 days'`))
    .as('used');
  const rows = await db.select({ tag: used.tag }).from(used).groupBy(used.tag).orderBy(desc(sql`count(*)`), used.tag).limit(200);
  return rows.map(({ tag }) => tag);
}
