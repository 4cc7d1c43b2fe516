import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { Attachment } from '../conversation/message.ts';
import { Fault } from '../errors.ts';
import type { Tx } from '../store/connection.ts';
import { attachment } from '../store/schema.ts';
import { asAttachment } from './as-attachment.ts';

/**
 * The files that an agent put in for a conversation, in the order of `ids`, to be sent with a reply. Throws `input.invalid` where one is not theirs,
 * not for this conversation, already sent, or in quarantine.
 */
export async function agentFiles(tx: Tx, ids: string[], of: { agentId: number; conversationId: number }): Promise<Attachment[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .select()
    .from(attachment)
    .where(
      and(
        inArray(attachment.id, ids),
        eq(attachment.agentId, of.agentId),
        eq(attachment.conversationId, of.conversationId),
        eq(attachment.state, 'kept'),
        isNull(attachment.messageId),
      ),
    );
  return [...new Set(ids)].map((id) => {
    const row = rows.find((each) => each.id === id);
    if (!row) throw new Fault('input.invalid', 'One of the files cannot be sent: it is not there any more.', 'Attach it again.');
    return asAttachment(row);
  });
}

/** Makes files part of the message that names them; in its transaction. */
export async function tieFiles(tx: Tx, files: Attachment[], messageId: number): Promise<void> {
  const ids = files.flatMap(({ file }) => file ?? []);
  if (ids.length > 0) await tx.update(attachment).set({ messageId }).where(inArray(attachment.id, ids));
}
