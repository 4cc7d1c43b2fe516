import { type SQL, sql } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import { clientOf, type Tx } from './connection.ts';

const dialect = new PgDialect();

/**
 * Runs a statement that every message needs: the server plans it once a connection and keeps it under `name` (PostgreSQL, "PREPARE"), which
 * planning would otherwise cost each time. One name, one text: what differs is a parameter.
 */
export async function runStatement<Row extends Record<string, unknown>>(db: Tx, name: string, query: SQL): Promise<Row[]> {
  const client = clientOf(db);
  if (!client) return (await db.execute(query)).rows as Row[];
  const { sql: text, params } = dialect.sqlToQuery(query);
  return (await client.query({ name, text, values: params })).rows as Row[];
}

/**
 * Rows that are asked for, as a table: `n` is the place, `columns` the others with their types. The condition is always true: it makes the
 * planner expect one row, and so go by the index of what is joined whatever it believes of a young table's size.
 */
export function asked(rows: ({ n: number } & Record<string, unknown>)[], columns: string): SQL {
  return sql`select * from json_to_recordset(${JSON.stringify(rows)}::json) as asked (n int, ${sql.raw(columns)}) where n between 0 and 1000000`;
}

/** For rows that are locked: several are taken where nobody holds them, so that no statement waits with locks of its own; one is waited for. */
export function unlessHeld(waits: boolean): SQL {
  return waits ? sql`` : sql`skip locked`;
}
