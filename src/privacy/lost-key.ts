import { randomBytes } from 'node:crypto';
import { and, eq, like, sql } from 'drizzle-orm';
import type { Db, Tx } from '../store/connection.ts';
import { attachment, callBack, contact, conversation, cursor, message, ticket, webhook } from '../store/schema.ts';
import { anySecret, channelSecrets, openSecret, type SealedSecret } from './channel-secret.ts';
import { opens } from './key-fits.ts';
import { lockSealed, type Rotated, reseal } from './rotate.ts';
import { deriveKey, newDataKey, open, seal, wrap } from './seal.ts';

/**
 * Gives up what the key in use does not open, so that Destek goes on under it: contacts get new keys and lose the originals of what was masked and the
 * numbers to call back, files count as removed (their bytes go with the clock), webhooks get another secret, channels must be signed in anew. What can be
 * opened stays. Returns how many of each were given up. Throws `config.invalid` while a Destek runs on the record.
 */
export async function giveUpLost(db: Db, secret: string): Promise<Rotated> {
  return db.transaction(async (tx) => {
    await lockSealed(tx);
    const [contacts, files, hooks] = [deriveKey(secret, 'contact-keys'), deriveKey(secret, 'file-keys'), deriveKey(secret, 'webhooks')];
    const lost: number[] = [];
    await reseal(tx, contact, 'key', (key, id) => {
      if (opens(contacts, key)) return undefined;
      lost.push(Number(id));
      return wrap(contacts, newDataKey());
    });
    await forgetOriginals(tx, lost);
    const unread: string[] = [];
    await reseal(tx, attachment, 'key', (key, id) => {
      if (!opens(files, key, id)) unread.push(id);
      return undefined;
    });
    for (const id of unread)
      await tx
        .update(attachment)
        .set({ state: 'removed', key: Buffer.alloc(0), preview: null })
        .where(eq(attachment.id, id));
    const webhooks = await reseal(tx, webhook, 'secret', (value, id) => {
      const aad = `webhook:${id}`;
      return readable(() => open(hooks, value, aad)) ? undefined : seal(hooks, randomBytes(24).toString('base64url'), aad);
    });
    return { contacts: lost.length, files: unread.length, webhooks, channels: await forgetSecrets(tx, deriveKey(secret, channelSecrets)) };
  });
}

async function forgetOriginals(tx: Tx, contacts: number[]): Promise<void> {
  const of = sql`${sql.param(JSON.stringify(contacts))}::jsonb`;
  const theirs = sql`select c.id from ${conversation} c join jsonb_array_elements_text(${of}) as lost (id) on c.contact_id = lost.id::bigint`;
  await tx.execute(sql`update ${message} set sealed = null where sealed is not null and conversation_id in (${theirs})`);
  await tx.execute(sql`delete from ${callBack} where ticket_id in (select t.id from ${ticket} t where t.conversation_id in (${theirs}))`);
}

async function forgetSecrets(tx: Tx, key: Buffer): Promise<number> {
  const rows = await tx.select().from(cursor).where(like(cursor.name, anySecret));
  const lost = rows.filter(({ name, value }) => !readable(() => openSecret(key, value as SealedSecret, name)));
  for (const { channel, name } of lost) await tx.delete(cursor).where(and(eq(cursor.channel, channel), eq(cursor.name, name)));
  return lost.length;
}

function readable(look: () => unknown): boolean {
  try {
    look();
    return true;
  } catch {
    return false;
  }
}
