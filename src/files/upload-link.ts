import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { deriveKey } from '../privacy/seal.ts';
import type { Db, Tx } from '../store/connection.ts';
import { address, conversation, uploadLink } from '../store/schema.ts';

/** How long a link to send documents works, hours. */
const lastsHours = 24;

/** A link as given to a contact; true once `store` has run in the transaction that says it. */
export interface NewUploadLink {
  url: string;
  until: Date;
  store(tx: Tx): Promise<void>;
}

/** A link that still works, and whose it is. */
export interface OpenUploadLink {
  id: string;
  conversationId: number;
  channel: string;
  address: string;
  language: string;
  until: Date;
}

/** Ways for one contact to send documents by a page of ours: signed, for one use, for a day. */
export interface UploadLinks {
  /** Undefined where nobody knows the page's address. */
  plan(conversationId: number, language: string, now: Date): NewUploadLink | undefined;
  /** `open` is undefined where it was never given, is used, or its time is over; `language` also then, where we gave it. */
  read(token: string): Promise<{ open?: OpenUploadLink; language?: string }>;
  /** Uses it up: true for the first only. */
  use(id: string): Promise<boolean>;
  /** What it was used for did not come about: it works again. */
  free(id: string): Promise<void>;
}

/** Links over the record. `origin`: where people reach this server. */
export function createUploadLinks({ db, secret, origin }: { db: Db; secret: string; origin(): string | undefined }): UploadLinks {
  const key = deriveKey(secret, 'upload-links');
  const sign = (id: string) => createHmac('sha256', key).update(id).digest('base64url').slice(0, 24);

  return {
    plan(conversationId, language, now) {
      const place = origin();
      if (!place) return undefined;
      const id = randomBytes(12).toString('base64url');
      const until = new Date(now.getTime() + lastsHours * 3600_000);
      return {
        url: `${place}/upload/${id}.${sign(id)}`,
        until,
        store: async (tx) => void (await tx.insert(uploadLink).values({ id, conversationId, language, expiresAt: until })),
      };
    },
    async read(token) {
      const [id = '', given = ''] = token.split('.');
      const [expected, offered] = [Buffer.from(sign(id)), Buffer.from(given)];
      // Forged ones are refused before the database is asked.
      if (expected.length !== offered.length || !timingSafeEqual(expected, offered)) return {};
      const [row] = await db
        .select({
          link: uploadLink,
          channel: address.channel,
          address: address.value,
          works: sql<boolean>`${uploadLink.usedAt} is null and ${uploadLink.expiresAt} > now()`,
        })
        .from(uploadLink)
        .innerJoin(conversation, eq(conversation.id, uploadLink.conversationId))
        .innerJoin(address, eq(address.id, conversation.addressId))
        .where(eq(uploadLink.id, id));
      if (!row) return {};
      const { conversationId, language, expiresAt } = row.link;
      const { works, channel, address: place } = row;
      return { language, open: works ? { id, conversationId, language, until: expiresAt, channel, address: place } : undefined };
    },
    async use(id) {
      const used = await db
        .update(uploadLink)
        .set({ usedAt: sql`now()` })
        .where(and(eq(uploadLink.id, id), isNull(uploadLink.usedAt)))
        .returning({ id: uploadLink.id });
      return used.length > 0;
    },
    async free(id) {
      await db.update(uploadLink).set({ usedAt: null }).where(eq(uploadLink.id, id));
    },
  };
}
