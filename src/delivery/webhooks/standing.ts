import { and, eq, isNull, sql } from 'drizzle-orm';
import { recordFact } from '../../conversation/event.ts';
import type { Db } from '../../store/connection.ts';
import { webhook } from '../../store/schema.ts';
import type { Result } from './post.ts';
import type { Webhook } from './webhooks.ts';

/** When what failed is tried again, milliseconds. */
export interface Retries {
  /** After the first failure; doubled with each further one up to `mostMs`. */
  againMs: number;
  mostMs: number;
  /** A webhook that has failed for so long is turned off. */
  giveUpMs: number;
}

/** Moves a webhook past events, `result`: of the delivery of the last one. Returns it as it stands then; undefined where it was turned off, removed or taken over meanwhile. */
export async function moveOn(db: Db, { id, position }: Webhook, to: string, result?: Result): Promise<Webhook | undefined> {
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
    .where(stillAt({ id, position }))
    .returning();
  return row;
}

/** Writes down that a delivery failed: it is tried again later, or the webhook is turned off. Returns how often it failed where it was turned off. */
export function putOff(db: Db, row: Webhook, { code, gone }: Result, times: Retries): Promise<{ failures: number } | undefined> {
  return db.transaction(async (tx) => {
    const [now] = await tx.select().from(webhook).where(stillAt(row)).for('update');
    if (!now) return undefined;
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
    if (!over) return undefined;
    await recordFact(tx, { kind: 'webhook', data: { act: 'disabled', webhookId: row.id, why: gone ? 'gone' : 'failing', code } });
    return { failures };
  });
}

// Nobody else has moved it since it was read.
function stillAt({ id, position }: Pick<Webhook, 'id' | 'position'>) {
  return and(eq(webhook.id, id), eq(webhook.position, position), isNull(webhook.disabledAt));
}
