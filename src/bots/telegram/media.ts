import type { Opts } from 'telegraf/types';
import { type Host, type KeptFile, Undeliverable } from '../../conversation/channel.ts';
import type { Attachment } from '../../conversation/message.ts';
import type { Call } from './client.ts';
import { codeOf, readFailure } from './failure.ts';
import type { Rich } from './format.ts';

/** Longest text beside a file, UTF-16 units. */
export const maxCaption = 1_024;
/** Most files of one album. */
export const mostFiles = 10;
/** What bots may upload. Pictures that are shown as such may have less. */
export const mostUploadBytes = 50 * 1024 * 1024;
const mostPhotoBytes = 10 * 1024 * 1024;
const uploadMs = 120_000;

type Place = Pick<Opts<'sendDocument'>, 'chat_id' | 'message_thread_id' | 'reply_parameters'>;
type Kind = 'photo' | 'video' | 'document';

/** Sends files as bytes: one alone, several as an album, the text beside the first. Answers with the id of the first message. */
export function createSendMedia({ call, host }: { call: Call; host: Host }) {
  return async (place: Place, attachments: Attachment[], caption: Rich): Promise<string> => {
    const files = await Promise.all(attachments.map(openFile));
    try {
      return await send(place, files, caption, kindsOf(files));
    } catch (error) {
      if (readFailure(error).kind !== 'bug') throw error;
      // A picture of a shape that Telegram does not show is a document like any other.
      host.log.info({ err: codeOf(error) }, 'files not shown as pictures, sent as documents');
      return send(place, files, caption, 'document');
    }
  };

  async function openFile({ file }: Attachment): Promise<KeptFile> {
    const kept = file === undefined ? undefined : await host.files.open(file);
    if (!kept) throw new Undeliverable('file-gone');
    if (kept.size > mostUploadBytes) throw new Undeliverable('too-large');
    return kept;
  }

  async function send(place: Place, files: KeptFile[], { text, entities }: Rich, kinds: Kind | Kind[]): Promise<string> {
    const kindOf = (n: number) => (Array.isArray(kinds) ? (kinds[n] ?? 'document') : kinds);
    const beside = text ? { caption: text, caption_entities: entities } : {};
    const limits = { withinMs: uploadMs };
    const [only] = files;
    if (files.length > 1) {
      const media = files.map((file, n) => ({ type: kindOf(n), media: bytesOf(file), ...(n === 0 ? beside : {}) }));
      const sent = await call('sendMediaGroup', { ...place, media: media as Opts<'sendMediaGroup'>['media'] }, limits);
      return String(sent[0]?.message_id);
    }
    if (!only) throw new Undeliverable('file-gone');
    const bytes = bytesOf(only);
    const { message_id } =
      kindOf(0) === 'photo'
        ? await call('sendPhoto', { ...place, ...beside, photo: bytes }, limits)
        : kindOf(0) === 'video'
          ? await call('sendVideo', { ...place, ...beside, video: bytes }, limits)
          : await call('sendDocument', { ...place, ...beside, document: bytes }, limits);
    return String(message_id);
  }
}

// An album is of pictures and films, or of documents, never of both.
function kindsOf(files: KeptFile[]): Kind | Kind[] {
  const kinds = files.map(kindOfOne);
  return kinds.length > 1 && kinds.includes('document') ? 'document' : kinds;
}

function kindOfOne({ type, size }: KeptFile): Kind {
  if (/^image\/(jpeg|png|webp)$/.test(type) && size <= mostPhotoBytes) return 'photo';
  return type === 'video/mp4' ? 'video' : 'document';
}

function bytesOf({ name, bytes }: KeptFile) {
  return { source: bytes, filename: name };
}
