import { sql } from 'drizzle-orm';
import type { Db } from '../store/connection.ts';

const spanMs = 300_000;
const spans = 24;

/** Messages of contacts in five minutes; `at`: when these began, milliseconds since 1970. */
export interface InboundSpan {
  at: number;
  count: number;
}

/**
 * Messages of contacts per five minutes over the last two hours. What is over is counted once and remembered, so that each call counts only
 * the running five minutes and those since the last one.
 */
export function createInboundRate(db: Db, clock = Date.now): () => Promise<InboundSpan[]> {
  const known = new Map<number, number>();
  return async () => {
    const running = Math.floor(clock() / spanMs) * spanMs;
    const wanted = Array.from({ length: spans }, (_, n) => running - (spans - 1 - n) * spanMs);
    for (const at of known.keys()) if (at < (wanted[0] ?? 0)) known.delete(at);
    const missing = wanted.filter((at) => !known.has(at));
    const counted = await count(db, missing[0] ?? running);
    // A message may commit a little after its time; the last two spans are counted again.
    for (const at of missing) if (at < running - spanMs) known.set(at, counted.get(at) ?? 0);
    return wanted.map((at) => ({ at, count: known.get(at) ?? counted.get(at) ?? 0 }));
  };
}

async function count(db: Db, from: number): Promise<Map<number, number>> {
  const { rows } = await db.execute<{ at: string; count: string }>(sql`
    select floor(extract(epoch from at) * 1000 / ${spanMs}) * ${spanMs} as at, count(*) as count from event
    where kind = 'message' and at >= to_timestamp(${from / 1000}::float8) and data ->> 'author' = 'contact' group by 1`);
  return new Map(rows.map(({ at, count: n }) => [Number(at), Number(n)]));
}
