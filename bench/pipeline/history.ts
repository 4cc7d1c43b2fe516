import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { plainCapabilities } from '../../src/conversation/channel.ts';
import { readAddress } from '../../src/conversation/history.ts';
import { checkInvariants } from '../../src/delivery/invariants.ts';
import { createOutbox } from '../../src/delivery/outbox.ts';
import { sweep } from '../../src/delivery/sweep.ts';
import { createTurns } from '../../src/delivery/turns.ts';
import { handoffInvariants } from '../../src/handoff/invariants.ts';
import { createLog } from '../../src/log.ts';
import type { Work } from './work.ts';

/** Milliseconds a message in the middle of a history of a given size, and rows that were read one by one because an index is missing. */
export interface Cost {
  stored: number;
  receive: number;
  turn: number;
  deliver: number;
  resume: number;
  sweep: number;
  invariants: number;
  scanned: number;
}

/** What each step costs as the record grows; the steps are called one by one, with nobody else at work. */
export async function* costs(work: Work, sizes: number[], each = 200): AsyncGenerator<Cost> {
  const { db, pool } = work.store;
  const log = createLog('silent');
  const quiet = { afterLastMs: () => 0, atMostMs: 0 };
  const deaf = { ...work.queues, wake: async () => {} };
  const turn = createTurns({
    db,
    queues: deaf,
    quiet,
    log,
    onTurn: async ({ messages, conversation }) => ({
      handledSeq: messages.at(-1)?.seq ?? 0,
      reply: { reply: { type: 'text', text: 'an answer' }, fence: 'turn' },
      state: conversation.state,
      language: 'en',
      decision: 'answer',
    }),
  });
  const deliver = createOutbox({
    db,
    log,
    channel: {
      name: 'bench',
      label: '',
      capabilities: plainCapabilities,
      start: async () => {},
      stop: async () => {},
      send: async () => ({}),
    },
  });
  let stored = 0;
  for (const size of sizes) {
    await grow(work, stored, size);
    stored = size;
    await pool.query('analyze');
    const before = await scanned(work);
    const cost: Cost = { stored, receive: 0, turn: 0, deliver: 0, resume: 0, sweep: 0, invariants: 0, scanned: 0 };
    for (let n = 0; n < each; n++) {
      // Contacts from all over the history.
      const address = `old-${1 + Math.floor((n / each) * (size / perContact))}`;
      cost.receive += await timed(() =>
        work.receive('bench', { event: 'message', address, message: { type: 'message', id: randomUUID(), text: 'hello' } }),
      );
      const { rows } = await db.execute<{ id: string }>(
        sql`select c.id from conversation c join address a on a.id = c.address_id where a.channel = 'bench' and a.value = ${address} and c.closed_at is null`,
      );
      const id = rows[0]?.id ?? '';
      cost.turn += await timed(() => turn(id));
      cost.deliver += await timed(() => deliver(id));
      cost.resume += await timed(() => readAddress(db, 'bench', address, { conversation: Number(id), seq: perContact - 5 }, 'en'));
    }
    cost.scanned = ((await scanned(work)) - before) / each;
    for (const step of ['receive', 'turn', 'deliver', 'resume'] as const) cost[step] /= each;
    cost.sweep = await timed(() => sweep({ db, queues: work.queues, log }));
    cost.invariants = await timed(() => checkInvariants(db, log, handoffInvariants));
    yield cost;
  }
}

const perContact = 20;

/** Adds answered conversations of twenty messages each, with their events. */
async function grow(work: Work, from: number, to: number): Promise<void> {
  // In pieces: the plans of foreign key checks are made for the size that the table had at the last ANALYZE.
  const most = Math.max(1_000, from * 2);
  if (to - from > most) {
    await grow(work, from, from + most);
    return grow(work, from + most, to);
  }
  const [first, last] = [from / perContact + 1, to / perContact];
  await work.store.pool.query(`
    with c as (insert into contact (key) select '' from generate_series(${first}, ${last}) returning id),
    numbered as (select id, row_number() over (order by id) + ${first - 1} as n from c),
    a as (insert into address (contact_id, channel, value) select id, 'bench', 'old-' || n from numbered returning id, contact_id),
    t as (insert into conversation (contact_id, address_id, last_seq, handled_seq, heard_seq) select contact_id, id, ${perContact}, ${perContact}, ${perContact} from a returning id, address_id),
    e as (insert into event (conversation_id, seq, kind) select t.id, n, 'message' from t, generate_series(1, ${perContact}) n)
    insert into message (conversation_id, address_id, seq, author, external_id, text, body, turn_seq, part, delivery)
      select t.id, t.address_id, n, case n % 2 when 1 then 'contact' else 'bot' end, case n % 2 when 1 then gen_random_uuid()::text end, 'some text of usual length, a sentence or two', '{"type":"message"}',
        case n % 2 when 0 then n end, case n % 2 when 0 then 0 end, case n % 2 when 0 then 'sent' end
      from t, generate_series(1, ${perContact}) n`);
  await work.store.pool.query('analyze');
}

async function scanned(work: Work): Promise<number> {
  await work.store.pool.query('select pg_stat_force_next_flush()').catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  const { rows } = await work.store.pool.query(
    "select coalesce(sum(seq_tup_read), 0) as n from pg_stat_user_tables where schemaname = 'public' and relname in ('message', 'conversation', 'event', 'address', 'contact')",
  );
  return Number(rows[0].n);
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await run();
  return performance.now() - started;
}
