import pg from 'pg';
import { newDatabase, startTestApp, type TestApp } from './app.ts';

/** An app that lives at another time, in this process and in its database alike, and what brings the time back. The clocks go on from there. */
export async function startMovedApp(at: string, settings: Record<string, string> = {}): Promise<{ app: TestApp; end(): Promise<void> }> {
  const Real = globalThis.Date;
  const ms = Real.parse(at) - Real.now();
  const DATABASE_URL = await movedDatabase(ms);
  globalThis.Date = class extends Real {
    constructor(...given: []) {
      if (given.length > 0) super(...given);
      else super(Real.now() + ms);
    }
    static override now() {
      return Real.now() + ms;
    }
  } as DateConstructor;
  const back = () => {
    globalThis.Date = Real;
  };
  const app = await startTestApp({ ...settings, DATABASE_URL }).catch((error) => {
    back();
    throw error;
  });
  return { app, end: () => app.end().finally(back) };
}

// Functions of ours stand before PostgreSQL's own, for whatever asks the time.
async function movedDatabase(ms: number): Promise<string> {
  const url = await newDatabase();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const name = new URL(url).pathname.slice(1);
  for (const [asked, kind] of [
    ['clock_timestamp', 'volatile'],
    ['now', 'stable'],
  ])
    await client.query(
      `create function public.${asked}() returns timestamptz language sql ${kind} as $$ select pg_catalog.${asked}() + interval '${ms} milliseconds' $$`,
    );
  await client.query(`alter database ${name} set search_path = public, pg_catalog`);
  await client.end();
  return url;
}
