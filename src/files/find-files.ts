import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { Attachment } from '../conversation/message.ts';
import type { Db } from '../store/connection.ts';
import { attachment } from '../store/schema.ts';
import { asAttachment } from './as-attachment.ts';

/** Files that came from an address before their message, in the order of their ids as given; those of others, and of messages, are left out. */
export async function findFiles(db: Db, ids: string[], { channel, address }: { channel: string; address: string }): Promise<Attachment[]> {
  const rows = await db
    .select()
    .from(attachment)
    .where(
      and(
        inArray(attachment.id, ids),
        eq(attachment.channel, channel),
        eq(attachment.address, address),
        inArray(attachment.state, ['kept', 'quarantined']),
        isNull(attachment.messageId),
      ),
    );
  return ids.flatMap((id) => rows.filter((row) => row.id === id).map(asAttachment));
}
