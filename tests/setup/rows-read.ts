import { type SQL, sql } from 'drizzle-orm';
import type { Db } from '../../src/store/connection.ts';

interface Plan {
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  Plans?: Plan[];
}

/** How many rows of tables the statements read that `ask` executes: what a question costs, whatever the machine. */
export async function rowsRead(db: Db, ask: (db: Db) => Promise<unknown>): Promise<number> {
  const asked: SQL[] = [];
  await ask({ execute: (query: SQL) => asked.push(query) && db.execute(query) } as unknown as Db);
  let read = 0;
  for (const query of asked) {
    const { rows } = await db.execute<{ 'QUERY PLAN': { Plan: Plan }[] }>(sql`explain (analyze, format json) ${query}`);
    read += ofPlan(rows[0]?.['QUERY PLAN'][0]?.Plan as Plan);
  }
  return read;
}

function ofPlan({ Plans = [], ...plan }: Plan): number {
  const here = plan['Relation Name'] ? (plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0)) * plan['Actual Loops'] : 0;
  return Plans.reduce((sum, each) => sum + ofPlan(each), here);
}
