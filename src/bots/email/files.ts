import type { Attachment as Part } from 'postal-mime';
import { type GivenFile, type Host, Undeliverable } from '../../conversation/channel.ts';
import type { Attachment } from '../../conversation/message.ts';
import { mend } from './charset.ts';
import type { Fetched } from './fetched.ts';
import { leftOutSize } from './shrink.ts';

/** A file of a mail, with its bytes. */
export interface MailFile {
  name: string;
  type: string;
  /** Bytes. */
  size: number;
  bytes: Uint8Array;
  /** Shown in the text: a logo, a picture of a signature. */
  inline?: boolean;
}

/** More files than anybody sends; the rest is named in one line. */
const most = 50;

/**
 * Keeps the files of a mail, and names those that were left out of a large one. Where only its beginning could be read none of them can be trusted to be
 * complete, and there may be more: the mail itself is named too.
 */
export async function keepFiles(
  host: Host,
  files: MailFile[],
  { address, fetched: { size: all, source, shrunk } }: { address: string; fetched: Fetched },
): Promise<Attachment[]> {
  const whole = shrunk !== undefined || all <= source.length;
  const given = files.map(({ name, type, size, bytes }): GivenFile => {
    const left = shrunk && leftOutSize(bytes, shrunk.secret);
    return whole && left === undefined ? { name, type, size, bytes } : { name, type, size: left ?? size, bytes: undefined };
  });
  const kept = (await host.files.keep(given, { address })).map((each, n) => ({
    ...each,
    // The desk would take it, but the mail was too large: the web can.
    ...(each.refused === 'unavailable' ? { refused: 'too-large-here' } : {}),
    ...(files[n]?.inline ? { inline: true } : {}),
  }));
  return whole ? kept : [...kept, { name: 'mail.eml', type: 'message/rfc822', size: all, refused: 'too-large-here' }];
}

/** A file as nodemailer takes it. */
export interface MailAttachment {
  filename: string;
  contentType: string;
  content: Buffer;
}

/** The files of a reply, with their bytes. Throws Undeliverable where one is not there any more. */
export async function openFiles(host: Host, attachments: Attachment[]): Promise<MailAttachment[]> {
  const files: MailAttachment[] = [];
  for (const { file, name } of attachments) {
    const kept = file === undefined ? undefined : await host.files.open(file);
    if (!kept) throw new Undeliverable('file-gone', `${name} is not there any more`);
    files.push({ filename: kept.name, contentType: kept.type, content: kept.bytes });
  }
  return files;
}

/** The files of a mail, without what mail programs add by themselves: invitations, signatures, delivery reports. */
export function readFiles(parts: Part[]): MailFile[] {
  const files = parts.filter((part) => !isAdded(part)).map((part, n) => readFile(part, n));
  const rest = files.length - most;
  if (rest <= 0) return files;
  return [...files.slice(0, most), { name: `+${rest}`, type: 'application/octet-stream', size: 0, bytes: new Uint8Array() }];
}

function readFile({ filename, mimeType, content, related }: Part, n: number): MailFile {
  const bytes = typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content);
  const type = /^[\w.+-]{1,80}\/[\w.+-]{1,80}$/.test(mimeType) ? mimeType : 'application/octet-stream';
  // As it came: what is wrong with a name counts when the file is judged.
  const name = mend(filename ?? '') || (type === 'application/ms-tnef' ? 'winmail.dat' : `file-${n + 1}`);
  return {
    name,
    type: /^winmail\.dat$/i.test(name) ? 'application/ms-tnef' : type,
    size: bytes.byteLength,
    bytes,
    inline: related === true,
  };
}

function isAdded({ mimeType, related, disposition, filename }: Part): boolean {
  const calendar = ['text/calendar', 'application/ics'].includes(mimeType);
  const signature = [
    'application/pgp-signature',
    'application/pgp-keys',
    'application/pkcs7-signature',
    'application/x-pkcs7-signature',
  ].includes(mimeType);
  const report =
    mimeType.startsWith('message/delivery-status') || ['message/disposition-notification', 'text/rfc822-headers'].includes(mimeType);
  const card = /vcard$/.test(mimeType) && disposition !== 'attachment';
  const pixel = related === true && mimeType === 'image/gif' && !filename;
  return calendar || signature || report || card || pixel;
}
