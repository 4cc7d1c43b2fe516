import { and, eq, isNull, lte, or, sql } from 'drizzle-orm';
import { formatCursor, parseCursor, type RecordedEvent, readEvents, recordFact } from '../../conversation/event.ts';
import type { Log } from '../../log.ts';
import type { Db } from '../../store/connection.ts';
import { webhook } from '../../store/schema.ts';
import { payloadOf } from './payload.ts';
import { post, type Result } from './post.ts';
import { signatureHeaders } from './signature.ts';
import type { Webhook, Webhooks } from './webhooks.ts';

/** How patient deliveries are, milliseconds. */
export interface WebhookTimes {
  /** For an answer. */
  patienceMs: number;
  /** After the first failure; doubled with each further one up to `mostMs`. */
  againMs: number;
  mostMs: number;
  /** A webhook that has failed for so long is turned off. */
  giveUpMs: number;
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
      const due = await db
        .select()
        .from(webhook)
        .where(and(isNull(webhook.disabledAt), or(isNull(webhook.dueAt), lte(webhook.dueAt, sql`now()`))));
      for (const row of due)
        if (!under.has(row.id) && !stop.aborted)
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
        if (!result.ok) return failed(row, result);
        row = await move(row, formatCursor(each), result);
      }
      // What is of no interest is passed over at once, not looked at again.
      const end = formatCursor(last);
      if (row && row.position !== end) row = await move(row, end);
    }
  }

  async function deliver(row: Webhook, event: RecordedEvent): Promise<Result> {
    const payload = payloadOf(event);
    const body = JSON.stringify(payload);
    const headers = signatureHeaders(webhooks.secretOf(row), payload.id, new Date(), body);
    return post(new URL(row.url), headers, body, { allowPrivate, patienceMs: times.patienceMs, signal: stop });
  }

  /** The webhook as it stands after the step; undefined where it was turned off, removed or taken over meanwhile. */
  async function move({ id, position }: Webhook, to: string, result?: Result): Promise<Webhook | undefined> {
    const delivered = result && {
      failures: 0,
      failingSince: null,
      dueAt: null,
      lastResult: result.code,
      deliveredAt: sql`now()` as unknown as Date,
    };
    const [row] = await db
      .update(webhook)
      .set({ position: to, ...delivered })
      .where(and(eq(webhook.id, id), eq(webhook.position, position), isNull(webhook.disabledAt)))
      .returning();
    return row;
  }

  async function failed(row: Webhook, { code, gone }: Result): Promise<void> {
    await db.transaction(async (tx) => {
      const [now] = await tx
        .select()
        .from(webhook)
        .where(and(eq(webhook.id, row.id), eq(webhook.position, row.position), isNull(webhook.disabledAt)))
        .for('update');
      if (!now) return;
      const failures = now.failures + 1;
      const since = now.failingSince ?? new Date();
      const over = gone || Date.now() - since.getTime() >= times.giveUpMs;
      const wait = Math.min(times.mostMs, times.againMs * 2 ** Math.min(failures - 1, 30));
      await tx
        .update(webhook)
        .set({
          failures,
          failingSince: since,
          lastResult: code,
          dueAt: new Date(Date.now() + wait),
          ...(over ? { disabledAt: new Date(), disabledWhy: gone ? 'gone' : 'failing' } : {}),
        })
        .where(eq(webhook.id, row.id));
      if (!over) return;
      await recordFact(tx, { kind: 'webhook', data: { act: 'disabled', webhookId: row.id, why: gone ? 'gone' : 'failing', code } });
      log.error({ webhook: row.id, code, failures }, 'webhook turned off');
    });
  }
}
