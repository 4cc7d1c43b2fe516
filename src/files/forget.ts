import { and, eq, isNull, lt, ne, or, sql } from 'drizzle-orm';
import { recordEvent } from '../conversation/event.ts';
import type { BytesPlace } from '../store/bytes.ts';
import type { Db, Tx } from '../store/connection.ts';
import { attachment } from '../store/schema.ts';
import { originalType } from './original.ts';
import { removeBytes } from './sealed.ts';

/** Files that no message names go after so many hours. */
const looseHours = 24;
/** At most so many in one go; the rest in the next. */
const most = 200;

/** Removes what has had its time: files that no message names after a day, identity documents after `identityDays`, whole mails after `originalDays`, what its contact took back. Bytes first, so that none stay behind. Returns how many. */
export async function forgetFiles({
  db,
  place,
  identityDays,
  originalDays,
}: {
  db: Db;
  place: BytesPlace;
  identityDays: number;
  originalDays: number;
}): Promise<number> {
  const loose = await db
    .select({ id: attachment.id })
    .from(attachment)
    .where(and(isNull(attachment.messageId), lt(attachment.createdAt, sql`now() - make_interval(hours => ${looseHours}::int)`)))
    .limit(most);
  for (const { id } of loose) {
    await removeBytes(place, id);
    await db.delete(attachment).where(and(eq(attachment.id, id), isNull(attachment.messageId)));
  }
  const old = await db
    .select({ id: attachment.id, conversationId: attachment.conversationId })
    .from(attachment)
    .where(
      and(
        ne(attachment.state, 'removed'),
        or(
          and(eq(attachment.identity, true), lt(attachment.createdAt, sql`now() - make_interval(days => ${identityDays}::int)`)),
          and(eq(attachment.type, originalType), lt(attachment.createdAt, sql`now() - make_interval(days => ${originalDays}::int)`)),
        ),
      ),
    )
    .limit(most);
  for (const { id, conversationId } of old) {
    await removeBytes(place, id);
    await db.transaction(async (tx) => {
      await tx
        .update(attachment)
        .set({ state: 'removed', key: Buffer.alloc(0), preview: null, removedAt: sql`now()` })
        .where(eq(attachment.id, id));
      if (conversationId) await recordEvent(tx, conversationId, { kind: 'file-removed', data: { fileId: id, why: 'retention' } });
    });
  }
  const takenBack = await db
    .select({ id: attachment.id })
    .from(attachment)
    .where(and(eq(attachment.state, 'removed'), isNull(attachment.removedAt)))
    .limit(most);
  for (const { id } of takenBack) {
    await removeBytes(place, id);
    await db.update(attachment).set({ removedAt: sql`now()` }).where(eq(attachment.id, id));
  }
  return loose.length + old.length + takenBack.length;
}

/** The files of a message that its contact took back: their keys are destroyed at once, so that nobody can read them; the bytes go with the next `forgetFiles`. */
export async function takeBackFiles(tx: Tx, messageId: number): Promise<void> {
  await tx
    .update(attachment)
    .set({ state: 'removed', key: Buffer.alloc(0), preview: null })
    .where(and(eq(attachment.messageId, messageId), ne(attachment.state, 'removed')));
}
