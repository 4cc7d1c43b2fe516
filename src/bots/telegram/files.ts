import type { Message } from 'telegraf/types';
import type { Attachment } from '../../conversation/message.ts';

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

/** What is kept of a file. Its bytes are copied here, at receipt, once the host has a place for them; until then the file is named and the reason given. */
export async function keepFile({ name, type, size }: InboundFile): Promise<Attachment> {
  return { name, type, size, refused: size > mostBytes ? 'too-large' : 'not-stored-yet' };
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
