import { asc, eq, sql } from 'drizzle-orm';
import { latestCursor, recordFact } from '../../conversation/event.ts';
import type { FactData } from '../../conversation/event-names.ts';
import { Fault } from '../../errors.ts';
import { deriveKey, open, seal } from '../../privacy/seal.ts';
import type { Db, Tx } from '../../store/connection.ts';
import { webhook } from '../../store/schema.ts';
import { checkAddress } from './address.ts';
import { newSecret } from './signature.ts';

/** Who is told of events, as stored; `position`: how far, as an event's cursor. */
export type Webhook = typeof webhook.$inferSelect;

/** What a supervisor says of a webhook. */
export interface WebhookWish {
  url: string;
  kinds: string[];
}

/** Who is told of events. Each change is a fact of the audit; a secret is told once, when it is made. */
export interface Webhooks {
  list(): Promise<Webhook[]>;
  /** Begins with what happens from now on. */
  add(by: number, wish: WebhookWish): Promise<{ id: number; secret: string }>;
  change(by: number, id: number, wish: WebhookWish): Promise<void>;
  remove(by: number, id: number): Promise<void>;
  /** Off, or on again: from where it stopped, and as if it had never failed. */
  turn(by: number, id: number, on: boolean): Promise<void>;
  newSecret(by: number, id: number): Promise<string>;
  secretOf(row: Pick<Webhook, 'id' | 'secret'>): string;
}

/** Webhooks over the record. `allowPrivate`: WEBHOOK_PRIVATE. */
export function createWebhooks({ db, secret, allowPrivate }: { db: Db; secret: string; allowPrivate: boolean }): Webhooks {
  const key = deriveKey(secret, 'webhooks');
  const sealFor = (id: number, text: string) => seal(key, text, `webhook:${id}`);
  const note = (tx: Tx, by: number, id: number, act: string, data: FactData = {}) =>
    recordFact(tx, { kind: 'webhook', data: { act, webhookId: id, ...data }, agentId: by });

  async function update(tx: Tx, id: number, values: Partial<typeof webhook.$inferInsert>): Promise<void> {
    const rows = await tx.update(webhook).set(values).where(eq(webhook.id, id)).returning({ id: webhook.id });
    if (rows.length === 0) throw new Fault('not-found', 'There is no such webhook.');
  }

  return {
    list: () => db.select().from(webhook).orderBy(asc(webhook.id)),
    async add(by, { url, kinds }) {
      const address = checkAddress(url, allowPrivate).href;
      const position = await latestCursor(db);
      const made = newSecret();
      return db.transaction(async (tx) => {
        const [row] = await tx
          .insert(webhook)
          .values({ url: address, kinds, position, secret: Buffer.alloc(0) })
          .returning({ id: webhook.id });
        if (!row) throw new Error('webhook was not stored');
        await update(tx, row.id, { secret: sealFor(row.id, made) });
        await note(tx, by, row.id, 'added', { host: new URL(address).host, kinds });
        return { id: row.id, secret: made };
      });
    },
    async change(by, id, { url, kinds }) {
      const address = checkAddress(url, allowPrivate).href;
      await db.transaction(async (tx) => {
        await update(tx, id, { url: address, kinds, dueAt: null });
        await note(tx, by, id, 'changed', { host: new URL(address).host, kinds });
      });
    },
    async remove(by, id) {
      await db.transaction(async (tx) => {
        const rows = await tx.delete(webhook).where(eq(webhook.id, id)).returning({ id: webhook.id });
        if (rows.length > 0) await note(tx, by, id, 'removed');
      });
    },
    async turn(by, id, on) {
      await db.transaction(async (tx) => {
        await update(
          tx,
          id,
          on
            ? { disabledAt: null, disabledWhy: null, failures: 0, failingSince: null, dueAt: null }
            : { disabledAt: sql`now()` as unknown as Date, disabledWhy: 'person' },
        );
        await note(tx, by, id, on ? 'enabled' : 'disabled');
      });
    },
    async newSecret(by, id) {
      const made = newSecret();
      await db.transaction(async (tx) => {
        await update(tx, id, { secret: sealFor(id, made) });
        await note(tx, by, id, 'new-secret');
      });
      return made;
    },
    secretOf: (row) => open(key, row.secret, `webhook:${row.id}`).toString('utf8'),
  };
}
