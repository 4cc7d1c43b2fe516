import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { Fault } from '../errors.ts';

/** Two numbers ("dstk", 1), because locks of one number are a space of their own, for others. */
const lock = [0x6473746b, 1];

/**
 * Takes the one lock that says which Destek works on this database; it is held for as long as the returned connection lives, so that a killed
 * process leaves none behind. Throws Fault `data-dir.in-use`, with the number of the process that has it.
 */
export async function takeLock(url: string): Promise<pg.Client> {
  const client = await connect(url);
  // A process that was just killed needs a moment to let go.
  for (const deadline = Date.now() + 3000; ; await sleep(100)) {
    const { rows } = await client.query('SELECT pg_try_advisory_lock($1, $2) AS taken', lock);
    if (rows[0].taken) return client;
    if (Date.now() < deadline) continue;
    const holder = await findHolder(client);
    await client.end();
    throw new Fault(
      'data-dir.in-use',
      `Another Destek (${holder}) works with this data folder.`,
      'Stop it, or give this one another DATA_DIR, or let them share a database with DATABASE_URL.',
    );
  }
}

async function connect(url: string): Promise<pg.Client> {
  for (const deadline = Date.now() + 60_000; ; await sleep(100)) {
    const name = `process ${process.pid}`;
    const client = new pg.Client({ connectionString: url, keepAlive: true, connectionTimeoutMillis: 10_000, application_name: name });
    // An error on a connection is always followed by its end, which the holder watches.
    client.on('error', () => {});
    try {
      await client.connect();
      return client;
    } catch (error) {
      await client.end().catch(() => {});
      // Codes 57P…: the server recovers from a crash or is on its way up.
      const soon = String((error as { code?: string }).code).startsWith('57P');
      if (!soon || Date.now() > deadline) throw error;
    }
  }
}

async function findHolder(client: pg.Client): Promise<string> {
  const { rows } = await client.query(
    `SELECT application_name AS name FROM pg_locks JOIN pg_stat_activity USING (pid)
     WHERE locktype = 'advisory' AND classid = $1 AND objid = $2 AND granted`,
    lock,
  );
  return rows[0]?.name ?? 'its process just ended';
}
