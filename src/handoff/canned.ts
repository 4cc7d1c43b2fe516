import { and, asc, eq, ne, or, sql } from 'drizzle-orm';
import { recordFact } from '../conversation/event.ts';
import { Fault } from '../errors.ts';
import { mask } from '../privacy/sensitive.ts';
import type { Db, Tx } from '../store/connection.ts';
import { canned } from '../store/schema.ts';
import type { Agent } from './agents/agent.ts';

/** A canned reply, as stored. */
export type Canned = typeof canned.$inferSelect;

/** What a supervisor says of a canned reply. */
export interface CannedWish {
  /** Letters, digits and hyphens; unique. */
  shortcut: string;
  title: string;
  /** By language; empty ones are left out. */
  texts: Record<string, string>;
  /** Empty: for all. */
  departments: string[];
}

/** All canned replies, by shortcut; with a department those that its agents may use. */
export function listCanned(db: Db, department?: string): Promise<Canned[]> {
  return db
    .select()
    .from(canned)
    .where(
      department === undefined
        ? undefined
        : or(sql`cardinality(${canned.departments}) = 0`, sql`${department} = any(${canned.departments})`),
    )
    .orderBy(asc(canned.shortcut));
}

/** Stores a new canned reply, masked; throws `input.invalid` where the shortcut is taken or no language has a text. */
export function addCanned(db: Db, who: Agent, wish: CannedWish): Promise<Canned> {
  return db.transaction(async (tx) => {
    await refuse(tx, wish);
    const [row] = await tx
      .insert(canned)
      .values({ ...clean(wish), updatedBy: who.id })
      .returning();
    if (!row) throw new Error('canned reply was not stored');
    await recordFact(tx, { kind: 'canned', data: { cannedId: row.id, act: 'added' }, agentId: who.id });
    return row;
  });
}

/** Changes a canned reply; throws `not-found`, or as addCanned. */
export function changeCanned(db: Db, who: Agent, id: number, wish: CannedWish): Promise<Canned> {
  return db.transaction(async (tx) => {
    await refuse(tx, wish, id);
    const [row] = await tx
      .update(canned)
      .set({ ...clean(wish), updatedBy: who.id, updatedAt: sql`now()` })
      .where(eq(canned.id, id))
      .returning();
    if (!row) throw new Fault('not-found', 'There is no such canned reply.');
    await recordFact(tx, { kind: 'canned', data: { cannedId: id, act: 'changed' }, agentId: who.id });
    return row;
  });
}

/** Throws a canned reply away; one that is gone already has no effect. */
export async function removeCanned(db: Db, who: Agent, id: number): Promise<void> {
  await db.transaction(async (tx) => {
    const gone = await tx.delete(canned).where(eq(canned.id, id)).returning({ id: canned.id });
    if (gone.length > 0) await recordFact(tx, { kind: 'canned', data: { cannedId: id, act: 'removed' }, agentId: who.id });
  });
}

function clean({ shortcut, title, texts, departments }: CannedWish): CannedWish {
  const kept = Object.entries(texts).flatMap(([language, text]) => (text.trim() ? [[language, mask(text.trim()).text]] : []));
  return { shortcut, title: mask(title).text, texts: Object.fromEntries(kept), departments: [...new Set(departments)] };
}

async function refuse(tx: Tx, wish: CannedWish, id = 0): Promise<void> {
  if (Object.values(wish.texts).every((text) => !text.trim()))
    throw new Fault('input.invalid', 'A canned reply needs a text.', 'Write it in at least one language.');
  // One after the other: of two who choose one shortcut at the same moment the second is told.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('canned', 0))`);
  const [other] = await tx
    .select({ id: canned.id })
    .from(canned)
    .where(and(eq(canned.shortcut, wish.shortcut), ne(canned.id, id)));
  if (other) throw new Fault('input.invalid', `There is already a canned reply with the shortcut ${wish.shortcut}.`, 'Choose another one.');
}
