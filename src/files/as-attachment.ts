import type { Attachment } from '../conversation/message.ts';
import type { attachment } from '../store/schema.ts';

/** A kept file as messages name it. */
export function asAttachment({ id, name, type, size, scan, state }: typeof attachment.$inferSelect): Attachment {
  return { name, type, size, file: id, scanned: scan, refused: state === 'quarantined' ? 'infected' : undefined };
}
