import { and, asc, eq, inArray, lt, or, sql } from 'drizzle-orm';
import { type Channel, RetryLater, Undeliverable } from '../conversation/channel.ts';
import { recordEvent } from '../conversation/event.ts';
import type { Reply } from '../conversation/message.ts';
import type { Log } from '../log.ts';
import { metrics } from '../metrics.ts';
import type { Db } from '../store/connection.ts';
import { address, conversation, message } from '../store/schema.ts';
import { fit } from './fit.ts';

// A sender renews its lease while the channel works; after a kill anybody may take over when it has run out.
const leaseMs = 7_000;
const mostAttempts = 8;

type Row = typeof message.$inferSelect;
type Owed = Row & { place: string; unreachable: string | null; wait: number };

/** The look at a conversation with replies to send: sends them in order, one at a time. */
export function createOutbox(parts: { db: Db; channel: Channel; log: Log }) {
  const { db, channel, log } = parts;

  return async (key: string): Promise<{ againMs: number } | undefined> => {
    for (let sent = 0; sent < 100; sent++) {
      const owed = await nextOwed(db, Number(key));
      if (!owed) return undefined;
      if (owed.wait > 0) return { againMs: owed.wait };
      const claimed = await claim(db, owed);
      if (!claimed) continue;
      // Nothing automatic goes where it could not arrive, until they write again; a person may still try.
      if (owed.unreachable && owed.author !== 'agent') {
        await finish(db, claimed, { delivery: 'failed', failure: owed.unreachable });
        metrics.deliveries.inc({ channel: channel.name, state: 'failed' });
        continue;
      }
      const again = await deliver(claimed, owed.delivery === 'sending');
      if (again) return again;
    }
    return { againMs: 100 };
  };

  async function deliver(owed: Owed, interrupted: boolean): Promise<{ againMs: number } | undefined> {
    const renewal = setInterval(() => {
      renew(db, owed.id).catch((error: Error) => log.warn({ message: owed.id, err: error.message }, 'lease not renewed'));
    }, leaseMs / 3);
    try {
      const receipt = await sendParts(owed);
      const state = interrupted && channel.capabilities.idempotent === 'none' ? 'uncertain' : 'sent';
      await finish(db, owed, { delivery: state, receipt, failure: null });
      metrics.deliveries.inc({ channel: channel.name, state });
      metrics.deliverySeconds.observe({ channel: channel.name }, (Date.now() - owed.createdAt.getTime()) / 1000);
      return undefined;
    } catch (error) {
      return failed(owed, error as Error);
    } finally {
      clearInterval(renewal);
    }
  }

  async function sendParts(owed: Owed): Promise<{ externalIds: (string | undefined)[] }> {
    // Parts that went out before an interruption are not sent again.
    const externalIds = (owed.receipt as { externalIds: (string | undefined)[] } | null)?.externalIds ?? [];
    const parts = fit(owed.body as Reply, channel.capabilities);
    for (const [n, part] of parts.entries()) {
      if (n < externalIds.length) continue;
      const sending = { id: `${owed.id}.${n}`, messageId: owed.id, seq: owed.seq ?? 0, attempt: owed.attempts, author: owed.author as 'bot', at: owed.createdAt };
      externalIds.push((await channel.send(owed.place, part, sending)).externalId);
      if (n < parts.length - 1) await db.update(message).set({ receipt: { externalIds } }).where(eq(message.id, owed.id));
    }
    return { externalIds };
  }

  async function failed(owed: Owed, error: Error): Promise<{ againMs: number } | undefined> {
    if (error instanceof RetryLater) {
      await postpone(db, owed.id, error.afterMs);
      return { againMs: error.afterMs };
    }
    if (error instanceof Undeliverable || owed.attempts >= mostAttempts) {
      const code = error instanceof Undeliverable ? error.code : 'error';
      log[error instanceof Undeliverable ? 'info' : 'error']({ message: owed.id, channel: channel.name, code, err: error.message }, 'reply not delivered');
      await finish(db, owed, { delivery: 'failed', failure: code });
      metrics.deliveries.inc({ channel: channel.name, state: 'failed' });
      return undefined;
    }
    const afterMs = Math.min(60_000, 500 * 2 ** owed.attempts);
    log.error({ message: owed.id, channel: channel.name, err: error.message, stack: error.stack }, 'send failed, trying again');
    await postpone(db, owed.id, afterMs);
    return { againMs: afterMs };
  }
}

/** The first reply of the conversation that has not gone out; `wait`: milliseconds until it may. */
async function nextOwed(db: Db, conversationId: number): Promise<Owed | undefined> {
  const until = sql<string>`case ${message.delivery} when 'sending' then ${message.leaseUntil} else ${message.dueAt} end`;
  const [row] = await db
    .select({ row: message, place: address.value, unreachable: address.unreachable, wait: sql<string>`ceil(extract(epoch from greatest(${until} - clock_timestamp(), interval '0')) * 1000)` })
    .from(message)
    .innerJoin(address, eq(address.id, message.addressId))
    .where(and(eq(message.conversationId, conversationId), inArray(message.delivery, ['pending', 'sending'])))
    .orderBy(asc(message.id))
    .limit(1);
  return row && { ...row.row, place: row.place, unreachable: row.unreachable, wait: Number(row.wait ?? 0) };
}

/**
 * pending → sending, in one transaction with the conversation's row lock: a fenced reply whose decision has lost the turn is withdrawn instead,
 * so none starts to go out after an agent's claim has committed. Undefined where it was withdrawn or somebody else took it.
 */
async function claim(db: Db, owed: Owed): Promise<Owed | undefined> {
  return db.transaction(async (tx) => {
    const [talk] = await tx.select({ owner: conversation.owner }).from(conversation).where(eq(conversation.id, owed.conversationId)).for('update');
    const mine = and(eq(message.id, owed.id), or(eq(message.delivery, 'pending'), and(eq(message.delivery, 'sending'), lt(message.leaseUntil, sql`clock_timestamp()`))));
    if (owed.delivery === 'pending' && owed.fence === 'turn' && talk?.owner !== 'bot') {
      await tx.update(message).set({ delivery: 'withdrawn' }).where(mine);
      return undefined;
    }
    const [row] = await tx
      .update(message)
      .set({ delivery: 'sending', attempts: sql`${message.attempts} + 1`, leaseUntil: sql`clock_timestamp() + ${leaseMs} * interval '1 millisecond'` })
      .where(mine)
      .returning();
    if (!row) return undefined;
    if (row.seq === null) {
      row.seq = await recordEvent(tx, row.conversationId, { kind: 'message', data: { author: row.author, messageId: row.id } });
      await tx.update(message).set({ seq: row.seq }).where(eq(message.id, row.id));
    }
    return { ...row, place: owed.place, unreachable: owed.unreachable, wait: 0 };
  });
}

async function renew(db: Db, id: number): Promise<void> {
  await db
    .update(message)
    .set({ leaseUntil: sql`clock_timestamp() + ${leaseMs} * interval '1 millisecond'` })
    .where(and(eq(message.id, id), eq(message.delivery, 'sending')));
}

async function postpone(db: Db, id: number, afterMs: number): Promise<void> {
  await db
    .update(message)
    .set({ delivery: 'pending', leaseUntil: null, dueAt: sql`clock_timestamp() + ${Math.round(afterMs)} * interval '1 millisecond'` })
    .where(and(eq(message.id, id), eq(message.delivery, 'sending')));
}

async function finish(db: Db, owed: Owed, end: Pick<Row, 'delivery' | 'failure'> & { receipt?: unknown }): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.update(message).set({ ...end, sentAt: end.delivery === 'failed' ? null : sql`clock_timestamp()`, leaseUntil: null }).where(eq(message.id, owed.id));
    await recordEvent(tx, owed.conversationId, { kind: 'delivery', data: { messageId: owed.id, state: end.delivery, code: end.failure ?? undefined } });
  });
}
