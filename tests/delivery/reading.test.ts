import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { createRead } from '../../src/delivery/reading.ts';
import { createLog } from '../../src/log.ts';
import { openStore } from '../../src/store/connection.ts';
import { openPipes } from './pipes.ts';

let pipes: Awaited<ReturnType<typeof openPipes>>;
afterEach(() => pipes.close());

test('to read one turn costs the same however many others wait', async () => {
  pipes = await openPipes({ idle: true });
  // What the server knows when a rush begins: nobody waits.
  await pipes.query('analyze');
  const addresses = Array.from({ length: 300 }, () => randomUUID());
  await Promise.all(addresses.map((address) => pipes.hear(address, 'hello')));
  const { id } = await pipes.conversation(addresses[150] as string);

  // One connection in a transaction, which counts what it reads itself, and nothing that others read.
  const own = openStore(pipes.url, createLog('silent'), 1);
  const rowsRead = async () => {
    const { rows } = await own.pool.query<{ n: string }>(
      "select sum(seq_tup_read + idx_tup_fetch) as n from pg_stat_xact_user_tables where relname in ('conversation', 'message', 'contact', 'address')",
    );
    return Number(rows[0]?.n);
  };
  try {
    const read = createRead(own.db);
    await own.pool.query('begin');
    const before = await rowsRead();
    expect((await read(id))?.messages.map(({ text }) => text)).toEqual(['hello']);
    const rows = (await rowsRead()) - before;
    expect(rows).toBeGreaterThan(0);
    expect(rows).toBeLessThanOrEqual(4);
  } finally {
    await own.close();
  }
});

test('who waits no longer, or is closed, has no turn to be read', async () => {
  pipes = await openPipes({ idle: true });
  const address = randomUUID();
  await pipes.hear(address, 'hello');
  const { id } = await pipes.conversation(address);
  const read = createRead(pipes.db);
  expect(await read(id)).toBeDefined();
  for (const change of ['waiting_since = null', 'waiting_since = now(), closed_at = now()', "closed_at = null, owner = 'agent'"]) {
    await pipes.query(`update conversation set ${change} where id = $1`, [id]);
    expect(await read(id)).toBeUndefined();
  }
});
