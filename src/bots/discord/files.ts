import type { APIAttachment, APIMessage } from 'discord.js';
import type { Attachment } from '../../conversation/message.ts';

/** A file as Discord offers it. `url` dies within a day. */
export interface InboundFile {
  name: string;
  type: string;
  /** Bytes. */
  size: number;
  url: string;
}

/** The files and stickers of a message. */
export function filesOf({ attachments, sticker_items }: Pick<APIMessage, 'attachments' | 'sticker_items'>): InboundFile[] {
  const files = (attachments ?? []).map((file: APIAttachment) => ({
    name: file.title ?? file.filename,
    type: file.content_type ?? 'application/octet-stream',
    size: file.size,
    url: file.url,
  }));
  const stickers = (sticker_items ?? []).map(({ name }) => ({ name, type: 'image/x-sticker', size: 0, url: '' }));
  return [...files, ...stickers];
}

/** Makes a file last beyond Discord's own address of it. Until the host keeps bytes (host.files) it is only listed; then they are copied here. */
export async function keepFile({ name, type, size }: InboundFile): Promise<Attachment> {
  return { name, type, size, refused: 'not-kept' };
}
