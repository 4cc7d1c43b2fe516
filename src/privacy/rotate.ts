import { and, eq, like, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import { Fault } from '../errors.ts';
import type { Db, Tx } from '../store/connection.ts';
import { attachment, contact, cursor, webhook } from '../store/schema.ts';
import { anySecret, channelSecrets, openSecret, type SealedSecret, sealSecret } from './channel-secret.ts';
import { deriveKey, open, seal, unwrap, wrap } from './seal.ts';

/** How many values of each kind are sealed anew. */
export type Rotated = Record<'contacts' | 'files' | 'webhooks' | 'channels', number>;

const batch = 500;

/**
 * Wraps every key and seals every secret of the record anew, from one SECRET_KEY to another: all of them or, where one opens with neither, none.
 * What the new key opens already stays as it is, so that a rotation that was cut short is simply made again.
 * Bytes and texts stay as they are, sealed with keys of their own. Throws `config.invalid` while a Destek runs on the record: it would go on with the old key.
 */
export async function rotateKey(db: Db, from: string, to: string): Promise<Rotated> {
  return db.transaction(async (tx) => {
    await lockSealed(tx);
    const keys = (use: string) => [deriveKey(from, use), deriveKey(to, use)] as const;
    const [oldContact, newContact] = keys('contact-keys');
    const [oldFile, newFile] = keys('file-keys');
    const [oldHook, newHook] = keys('webhooks');
    const [oldChannel, newChannel] = keys(channelSecrets);
    return {
      contacts: await reseal(tx, contact, 'key', (value) => rewrap(oldContact, newContact, value)),
      files: await reseal(tx, attachment, 'key', (value, id) => rewrap(oldFile, newFile, value, id)),
      webhooks: await reseal(tx, webhook, 'secret', (value, id) => {
        const aad = `webhook:${id}`;
        return either(
          () => seal(newHook, open(oldHook, value, aad), aad),
          () => open(newHook, value, aad),
        );
      }),
      channels: await resealChannels(tx, oldChannel, newChannel),
    };
  });
}

/** Keeps everybody else from what SECRET_KEY seals until the transaction ends. Throws `config.invalid` while a Destek runs on the record. */
export async function lockSealed(tx: Tx): Promise<void> {
  const { rows } = await tx.execute(sql`select name from lease where until > clock_timestamp() limit 1`);
  if (rows.length > 0)
    throw new Fault(
      'config.invalid',
      'A Destek is running on this record.',
      'Stop all its processes, wait ten seconds, and run this again.',
    );
  // Nothing may come between: no new contact, no new file.
  await tx.execute(sql`lock table ${contact}, ${attachment}, ${webhook}, ${cursor} in exclusive mode`);
}

/** Puts another value for each that is not empty, where `change` gives one; the identifier as text. Returns how many. */
export async function reseal(
  tx: Tx,
  table: PgTable,
  column: string,
  change: (value: Buffer, id: string) => Buffer | undefined,
): Promise<number> {
  const name = sql.identifier(column);
  let count = 0;
  for (let after = ''; ; ) {
    const { rows } = await tx.execute<{ id: string; value: Buffer }>(sql`
      select id::text as id, ${name} as value from ${table} where id::text > ${after} and length(${name}) > 0 order by id::text limit ${batch}`);
    if (rows.length === 0) return count;
    const changed = rows.flatMap(({ id, value }) => {
      const next = change(value, id);
      return next ? [{ id, value: next.toString('base64') }] : [];
    });
    after = rows.at(-1)?.id as string;
    count += changed.length;
    if (changed.length === 0) continue;
    await tx.execute(sql`
      update ${table} as t set ${name} = decode(c.value, 'base64') from jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) as c (id text, value text)
      where t.id::text = c.id`);
  }
}

function rewrap(oldKey: Buffer, newKey: Buffer, value: Buffer, aad = ''): Buffer | undefined {
  return either(
    () => wrap(newKey, unwrap(oldKey, value, aad), aad),
    () => unwrap(newKey, value, aad),
  );
}

/** What the old key opens, sealed anew; undefined for what the new one opens already, as after a rotation that was cut short. */
function either<T>(anew: () => T, already: () => unknown): T | undefined {
  try {
    return anew();
  } catch {
    already();
    return undefined;
  }
}

/** A few rows: what channels keep secret. */
async function resealChannels(tx: Tx, oldKey: Buffer, newKey: Buffer): Promise<number> {
  const rows = await tx.select().from(cursor).where(like(cursor.name, anySecret));
  let count = 0;
  for (const { channel, name, value } of rows) {
    const kept = value as SealedSecret;
    const next = either(
      () => sealSecret(newKey, openSecret(oldKey, kept, name), name),
      () => openSecret(newKey, kept, name),
    );
    if (!next) continue;
    await tx
      .update(cursor)
      .set({ value: next })
      .where(and(eq(cursor.channel, channel), eq(cursor.name, name)));
    count++;
  }
  return count;
}
