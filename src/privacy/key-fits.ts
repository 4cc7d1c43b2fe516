import { sql } from 'drizzle-orm';
import { Fault } from '../errors.ts';
import type { Db } from '../store/connection.ts';
import { contact } from '../store/schema.ts';
import { deriveKey, unwrap } from './seal.ts';

/**
 * Makes sure that SECRET_KEY opens what the record holds, by its first contact: a record that went on under another key would be sealed with two, and
 * neither opens all. Raises `config.invalid` where it does not; a record without contacts takes any key.
 */
export async function requireFittingKey(db: Db, secret: string, from: string): Promise<void> {
  const { rows } = await db.execute<{ key: Buffer }>(sql`select key from ${contact} where length(key) > 0 order by id limit 1`);
  const [first] = rows;
  if (!first || opens(deriveKey(secret, 'contact-keys'), first.key)) return;
  throw new Fault(
    'config.invalid',
    `${from} is not the key that this record is sealed with.`,
    'Put the earlier key back: the SECRET_KEY that was set, or data/secret.key of the backup. Where it is lost for good, set the key that is to follow and run: destek rotate-key --lost',
  );
}

/** Whether a wrapped key opens with this one. */
export function opens(master: Buffer, wrapped: Buffer, aad = ''): boolean {
  try {
    unwrap(master, wrapped, aad);
    return true;
  } catch {
    return false;
  }
}
