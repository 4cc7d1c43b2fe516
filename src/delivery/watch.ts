import { and, eq, notInArray, sql } from 'drizzle-orm';
import type { Change } from '../conversation/channel.ts';
import { lowestRunningTransaction } from '../conversation/event.ts';
import type { Log } from '../log.ts';
import { pause } from '../pause.ts';
import type { Db } from '../store/connection.ts';
import { address, conversation, event } from '../store/schema.ts';

// At once for people, and two index lookups each time.
const pollMs = 200;
// Facts that change nothing of what stands on an address.
const unseen = ['turn', 'reply', 'delivery'];

/**
 * Tells of what changed on a channel's addresses, whichever process made it true, until `stop` aborts. A change is told at least once;
 * it is a hint to read the record, not the record. Resolves when stopped.
 */
export async function watchChanges(
  parts: { db: Db; log: Log },
  channel: string,
  stop: AbortSignal,
  changed: (change: Change) => void,
): Promise<void> {
  const { db, log } = parts;
  let told = new Set<number>();
  let low: string | undefined;
  while (!stop.aborted) {
    await look().catch((error: Error) => log.warn({ channel, err: error.message }, 'changes not read'));
    await pause(pollMs, stop);
  }

  // Whatever commits after this look belongs to a transaction that was running or unborn at its start, so reading again from the lowest of those
  // misses none, and unlike a cursor that waits for them it is not held up by a long one.
  async function look(): Promise<void> {
    const running = await lowestRunningTransaction(db);
    const from = low ?? running;
    const rows = await db
      .select({ id: event.id, xid: event.xid, kind: event.kind, seq: event.seq, conversation: conversation.id, address: address.value })
      .from(event)
      .innerJoin(conversation, eq(conversation.id, event.conversationId))
      .innerJoin(address, eq(address.id, conversation.addressId))
      .where(and(sql`${event.xid} >= ${from}::xid8`, eq(address.channel, channel), notInArray(event.kind, unseen)));
    low = running;
    for (const row of rows)
      if (!told.has(row.id))
        changed({ address: row.address, kind: row.kind, position: { conversation: row.conversation, seq: row.seq ?? 0 } });
    told = new Set(rows.filter(({ xid }) => BigInt(xid) >= BigInt(running)).map(({ id }) => id));
  }
}
