import { eq, sql } from 'drizzle-orm';
import { mask } from '../privacy/sensitive.ts';
import type { Db } from '../store/connection.ts';
import { ticket } from '../store/schema.ts';
import { lockToRead, recordAct } from './act.ts';
import type { Agent } from './agent.ts';
import type { Ticket } from './ticket.ts';

/** Longest tag, UTF-16 units. */
export const longestTag = 40;
const mostTags = 12;

/** Sets a ticket's tags: free words, masked, each once however it is written; a word that others use already keeps their spelling. */
export function setTags(db: Db, who: Agent, ticketId: number, wish: string[]): Promise<Ticket> {
  return db.transaction(async (tx) => {
    const before = await lockToRead(tx, who, ticketId);
    const known = new Map((await usedTags(tx as unknown as Db)).map((tag) => [keyOf(tag), tag]));
    const tags = new Map<string, string>();
    for (const each of wish) {
      const tag = mask(each).text.replace(/\s+/g, ' ').trim().slice(0, longestTag).trim();
      if (tag && tags.size < mostTags && !tags.has(keyOf(tag))) tags.set(keyOf(tag), known.get(keyOf(tag)) ?? tag);
    }
    const sorted = [...tags.values()].sort();
    if (sorted.join('\n') === before.tags.join('\n')) return before;
    const [after] = await tx.update(ticket).set({ tags: sorted }).where(eq(ticket.id, ticketId)).returning();
    if (!after) throw new Error(`ticket ${ticketId} vanished under its lock`);
    await recordAct(tx, after, 'tags', { count: sorted.length }, who.id);
    return after;
  });
}

/** Tags in use, the most used of the last half year first. */
export async function usedTags(db: Db, limit = 200): Promise<string[]> {
  const { rows } = await db.execute<{ tag: string }>(sql`
    select tag from (select unnest(tags) as tag from ticket where tags <> '{}' and created_at > now() - interval '180 days') used
    group by tag order by count(*) desc, tag limit ${limit}`);
  return rows.map(({ tag }) => tag);
}

// İ and I, ı and i are one here: tags differ by more than a dot.
function keyOf(tag: string): string {
  return tag.normalize('NFKD').replace(/\p{M}/gu, '').replaceAll('ı', 'i').toLowerCase();
}
