import { and, isNull, lte, or, sql } from 'drizzle-orm';
import { formatCursor, parseCursor, type RecordedEvent, readEvents } from '../../conversation/event.ts';
import type { Log } from '../../log.ts';
import type { Db } from '../../store/connection.ts';
import { webhook } from '../../store/schema.ts';
import { payloadOf } from './payload.ts';
import { post, type Result } from './post.ts';
import { signatureHeaders } from './signature.ts';
import { moveOn, putOff, type Retries } from './standing.ts';
import type { Webhook, Webhooks } from './webhooks.ts';

/** How patient deliveries are; `patienceMs`: milliseconds for an answer. */
export interface WebhookTimes extends Retries {
  patienceMs: number;
}

/** Ten seconds for an answer, then again after 1 s, 2 s, 4 s … at most an hour, for a day. */
export const webhookTimes: WebhookTimes = { patienceMs: 10_000, againMs: 1_000, mostMs: 3_600_000, giveUpMs: 86_400_000 };

const batch = 200;

interface Parts {
  db: Db;
  webhooks: Webhooks;
  allowPrivate: boolean;
  log: Log;
  stop: AbortSignal;
  times?: WebhookTimes;
}

/**
 * A look at all webhooks: each is told of its events in order, one at a time, at least once, from its own position in the record; one that
 * does not answer holds up nobody but itself. Called again and again by the one process that holds the lease. `settled` resolves when nothing is under way.
 */
export function createWebhookReader({ db, webhooks, allowPrivate, log, stop, times = webhookTimes }: Parts) {
  const under = new Map<number, Promise<void>>();

  return {
    async look(): Promise<void> {
      // Whoever is told meanwhile stands elsewhere by the time this has been read.
      const told = new Set(under.keys());
      const due = await db
        .select()
        .from(webhook)
        .where(and(isNull(webhook.disabledAt), or(isNull(webhook.dueAt), lte(webhook.dueAt, sql`now()`))));
      for (const row of due)
        if (!told.has(row.id) && !under.has(row.id) && !stop.aborted)
          under.set(
            row.id,
            tellAll(row)
              .catch((error: Error) => log.warn({ webhook: row.id, err: error.message }, 'webhook not served'))
              .finally(() => under.delete(row.id)),
          );
    },
    async settled(): Promise<void> {
      await Promise.all(under.values());
    },
  };

  async function tellAll(given: Webhook): Promise<void> {
    let row: Webhook | undefined = given;
    while (row && !stop.aborted) {
      const events = await readEvents(db, parseCursor(row.position) ?? { xid: '0', id: 0 }, batch);
      const last = events.at(-1);
      if (!last) return;
      for (const each of events) {
        if (!row) return;
        if (row.kinds.length > 0 && !row.kinds.includes(each.kind)) continue;
        const result = await deliver(row, each);
        if (result.code === 'stopped') return;
        if (!result.ok) return fail(row, result);
        row = await moveOn(db, row, formatCursor(each), result);
      }
      // What is of no interest is passed over at once, not looked at again.
      const end = formatCursor(last);
      if (row && row.position !== end) row = await moveOn(db, row, end);
    }
  }

  async function deliver(row: Webhook, event: RecordedEvent): Promise<Result> {
    const payload = payloadOf(event);
    const body = JSON.stringify(payload);
    const headers = signatureHeaders(webhooks.secretOf(row), payload.id, new Date(), body);
    return post(new URL(row.url), headers, body, { allowPrivate, patienceMs: times.patienceMs, signal: stop });
  }

  async function fail(row: Webhook, result: Result): Promise<void> {
    const off = await putOff(db, row, result, times);
    if (off) log.error({ webhook: row.id, code: result.code, failures: off.failures }, 'webhook turned off');
  }
}
