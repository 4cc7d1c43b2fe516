import { createHash, randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { newDataKey, wrap } from '../privacy/seal.ts';
import type { Db } from '../store/connection.ts';
import { attachment } from '../store/schema.ts';
import { type Opener, sealBytes } from './sealed.ts';

/** What is known of a file beside its bytes. */
type About = Omit<typeof attachment.$inferInsert, 'id' | 'size' | 'sha256' | 'key' | 'state'>;

/** Stores a file under a new id, sealed with a key of its own; an infected one goes into quarantine. First the row, then the bytes: bytes that no row knows would stay for ever. */
export async function storeFile(db: Db, { place, master }: Opener, about: About, bytes: Buffer): Promise<typeof attachment.$inferSelect> {
  const id = randomUUID();
  const key = newDataKey();
  await db.insert(attachment).values({
    ...about,
    id,
    size: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    key: wrap(master, key, id),
  });
  await place.write(id, sealBytes(key, id, bytes));
  const [row] = await db
    .update(attachment)
    .set({ state: about.scan === 'infected' ? 'quarantined' : 'kept' })
    .where(eq(attachment.id, id))
    .returning();
  if (!row) throw new Error('file vanished while it was kept');
  return row;
}
