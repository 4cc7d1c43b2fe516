import { inArray } from 'drizzle-orm';
import type { Tx } from '../store/connection.ts';
import { attachment } from '../store/schema.ts';

/** The files of these messages are identity documents. */
export async function markDocuments(tx: Tx, messageIds: number[]): Promise<void> {
  if (messageIds.length > 0) await tx.update(attachment).set({ identity: true }).where(inArray(attachment.messageId, messageIds));
}
