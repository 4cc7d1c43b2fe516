import type { SQL } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import type pg from 'pg';
import type { Db, Tx } from './connection.ts';

const dialect = new PgDialect();

/**
 * Runs a statement that every message needs: the server plans it once a connection and keeps it under `name` (PostgreSQL, "PREPARE"), which
 * planning would otherwise cost each time. One name, one text: what differs is a parameter. Inside a transaction it is planned as usual.
 */
export async function runStatement<Row extends Record<string, unknown>>(db: Tx, name: string, query: SQL): Promise<Row[]> {
  const pool = poolOf(db);
  if (!pool) return (await db.execute(query)).rows as Row[];
  const { sql: text, params } = dialect.sqlToQuery(query);
  return (await pool.query({ name, text, values: params })).rows as Row[];
}

function poolOf(db: Tx): pg.Pool | undefined {
  return '$client' in db ? ((db as Db & { $client: pg.Pool }).$client as pg.Pool) : undefined;
}
