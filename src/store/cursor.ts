import { and, eq, sql } from 'drizzle-orm';
import type { Db } from './connection.ts';
import { cursor } from './schema.ts';

/** A channel's durable position by name; undefined where there is none yet. */
export async function readCursor<T>(db: Db, channel: string, name: string): Promise<T | undefined> {
  const [row] = await db
    .select({ value: cursor.value })
    .from(cursor)
    .where(and(eq(cursor.channel, channel), eq(cursor.name, name)));
  return row?.value as T | undefined;
}

/** Stores a position; never a bare string, because one of digits would come back from jsonb as a rounded number. */
export async function writeCursor(db: Db, channel: string, name: string, value: object | number | boolean): Promise<void> {
  await db
    .insert(cursor)
    .values({ channel, name, value })
    .onConflictDoUpdate({ target: [cursor.channel, cursor.name], set: { value } });
}

/** Removes a position; how many there were, 1 or 0. */
export async function removeCursor(db: Db, channel: string, name: string): Promise<number> {
  const { rowCount } = await db.delete(cursor).where(and(eq(cursor.channel, channel), eq(cursor.name, name)));
  return rowCount ?? 0;
}

/** All of a channel's durable positions whose names begin with `prefix`, by name without it. */
export async function listCursors<T>(db: Db, channel: string, prefix: string): Promise<Map<string, T>> {
  const rows = await db
    .select({ name: cursor.name, value: cursor.value })
    .from(cursor)
    .where(and(eq(cursor.channel, channel), sql`starts_with(${cursor.name}, ${prefix})`));
  return new Map(rows.map(({ name, value }) => [name.slice(prefix.length), value as T]));
}
