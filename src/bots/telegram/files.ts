import type { Message } from 'telegraf/types';
import type { Bytes, GivenFile, Host } from '../../conversation/channel.ts';
import type { Attachment } from '../../conversation/message.ts';
import type { Download } from './download.ts';

/** A file of an update: how Telegram calls it, not yet its bytes. */
export interface InboundFile {
  id: string;
  name: string;
  type: string;
  /** Bytes; 0 where Telegram does not tell. */
  size: number;
}

/** Bots may download no more than this. */
const mostBytes = 20 * 1024 * 1024;

/** What is kept of a message's files, in order: their bytes, copied at receipt, or why not. A file that is larger than bots may have is named, so that the person can be told. */
export async function keepFiles(files: InboundFile[], address: string, host: Host, download: Download): Promise<Attachment[]> {
  if (files.length === 0) return [];
  const given = files.map(({ id, name, type, size }): GivenFile => {
    const bytes = size > mostBytes ? undefined : (): Promise<Bytes | undefined> => download(id);
    return { name, type, size: size || undefined, bytes };
  });
  const kept = await host.files.keep(given, { address });
  // What the desk would take, but Telegram does not give: the web can.
  return kept.map((each, n) =>
    each.refused === 'unavailable' && (files[n]?.size ?? 0) > mostBytes ? { ...each, refused: 'too-large-here' } : each,
  );
}
/** The files of a message. */
export function filesOf(message: Message): InboundFile[] {
  const content = message as AnyContent;
  if (content.photo) {
    // Sizes of one picture, smallest first.
    const largest = content.photo.at(-1);
    return largest ? [file(largest, `photo-${message.message_id}.jpg`, 'image/jpeg')] : [];
  }
  // An animation comes as a document too.
  if (content.animation) return [file(content.animation, 'animation.mp4', 'video/mp4')];
  if (content.document) return [file(content.document, 'document', 'application/octet-stream')];
  if (content.video) return [file(content.video, 'video.mp4', 'video/mp4')];
  if (content.video_note) return [file(content.video_note, 'video-message.mp4', 'video/mp4')];
  if (content.voice) return [file(content.voice, 'voice-message.ogg', 'audio/ogg')];
  if (content.audio) return [file(content.audio, 'audio.mp3', 'audio/mpeg')];
  if (content.sticker && !content.sticker.emoji) return [file(content.sticker, 'sticker.webp', 'image/webp')];
  return [];
}

type AnyContent = Partial<
  Message.PhotoMessage &
    Message.AnimationMessage &
    Message.VideoMessage &
    Message.VideoNoteMessage &
    Message.VoiceMessage &
    Message.AudioMessage &
    Message.StickerMessage
>;

interface TelegramFile {
  file_id: string;
  file_size?: number;
  file_name?: string;
  mime_type?: string;
}

function file(given: TelegramFile, name: string, type: string): InboundFile {
  return { id: given.file_id, name: given.file_name || name, type: given.mime_type || type, size: given.file_size ?? 0 };
}
