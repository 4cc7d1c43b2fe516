import { eq } from 'drizzle-orm';
import { type Channel, RetryLater, Undeliverable } from '../conversation/channel.ts';
import type { Reply } from '../conversation/message.ts';
import type { Log } from '../log.ts';
import { metrics } from '../metrics.ts';
import type { Db } from '../store/connection.ts';
import { message } from '../store/schema.ts';
import { createFinish, type Finish } from './ending.ts';
import { fit } from './fit.ts';
import { claimNext, leaseMs, type Owed, postpone, renew } from './sending.ts';
import { forgetUnheard } from './unheard.ts';

const mostAttempts = 8;

/** `more`: something else is owed; `againMs`: this one is still owed, and may go then. */
interface Delivered {
  more?: boolean;
  againMs?: number;
}

/** How far a reply got, as its receipt keeps it. `maybeSent`: a send of it was not answered in time and was made again. */
interface Progress {
  externalIds: (string | undefined)[];
  maybeSent?: boolean;
}

/** Sends what is owed to a conversation; `first`: a reply that is claimed already. */
export type Send = (key: string, first?: Owed) => Promise<{ againMs: number } | undefined>;

/** The look at a conversation with replies to send: sends them in order, one at a time. */
export function createOutbox(parts: { db: Db; channel: Channel; log: Log }): Send {
  const { db, channel, log } = parts;
  const finish = createFinish(db);

  return async (key, first) => {
    let owed: Owed | { wait: number } | undefined = first;
    for (let sent = 0; sent < 100; sent++) {
      owed ??= await claimNext(db, Number(key));
      if (!owed) return undefined;
      if ('wait' in owed) return { againMs: owed.wait };
      const { more, againMs } = await deliver(owed);
      if (againMs !== undefined) return { againMs };
      if (!more) return undefined;
      owed = undefined;
    }
    return { againMs: 100 };
  };

  async function deliver(owed: Owed): Promise<Delivered> {
    // Nothing automatic goes where it could not arrive, until they write again; a person may still try.
    if (owed.unreachable && owed.author !== 'agent') return end(owed, { delivery: 'failed', failure: owed.unreachable });
    const renewal = setInterval(() => {
      renew(db, owed.id).catch((error: Error) => log.warn({ message: owed.id, err: error.message }, 'lease not renewed'));
    }, leaseMs / 3);
    try {
      const receipt = await sendParts(db, channel, owed);
      const repeated = owed.interrupted || receipt.maybeSent;
      const state = repeated && channel.capabilities.idempotent === 'none' ? 'uncertain' : 'sent';
      metrics.deliverySeconds.observe({ channel: channel.name }, (Date.now() - owed.createdAt.getTime()) / 1000);
      return await end(owed, { delivery: state, receipt, failure: null });
    } catch (error) {
      return failed(owed, error as Error);
    } finally {
      clearInterval(renewal);
    }
  }

  async function end(owed: Owed, how: Parameters<Finish>[1]): Promise<Delivered> {
    const more = await finish(owed, how);
    metrics.deliveries.inc({ channel: channel.name, state: how.delivery ?? 'sent' });
    if (how.delivery === 'failed' && owed.author !== 'agent') await forgetUnheard(db, owed.conversationId);
    return { more };
  }

  async function failed(owed: Owed, error: Error): Promise<Delivered> {
    if (error instanceof RetryLater) {
      await postpone(db, owed.id, error.afterMs, error.maybeSent);
      return { againMs: error.afterMs };
    }
    if (error instanceof Undeliverable || owed.attempts >= mostAttempts) {
      const code = error instanceof Undeliverable ? error.code : 'error';
      log[error instanceof Undeliverable ? 'info' : 'error'](
        { message: owed.id, channel: channel.name, code, err: error.message },
        'reply not delivered',
      );
      return end(owed, { delivery: 'failed', failure: code });
    }
    const afterMs = Math.min(60_000, 500 * 2 ** owed.attempts);
    log.error({ message: owed.id, channel: channel.name, err: error.message, stack: error.stack }, 'send failed, trying again');
    await postpone(db, owed.id, afterMs);
    return { againMs: afterMs };
  }
}

/** Sends what the channel can take, part after part; the receipt says after each how far it got. */
async function sendParts(db: Db, channel: Channel, owed: Owed): Promise<Progress> {
  // Parts that went out before an interruption are not sent again.
  const { externalIds, ...rest } = (owed.receipt as Progress | null) ?? { externalIds: [] };
  const parts = fit(owed.body as Reply, channel.capabilities);
  for (const [n, part] of parts.entries()) {
    if (n < externalIds.length) continue;
    const sending = {
      id: `${owed.id}.${n}`,
      messageId: owed.id,
      seq: owed.seq,
      attempt: owed.attempts,
      author: owed.author as 'bot',
      at: owed.createdAt,
    };
    externalIds.push((await channel.send(owed.place, part, sending)).externalId);
    if (n < parts.length - 1)
      await db
        .update(message)
        .set({ receipt: { ...rest, externalIds } })
        .where(eq(message.id, owed.id));
  }
  return { ...rest, externalIds };
}
