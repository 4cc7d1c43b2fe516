import type { Attachment as Part } from 'postal-mime';
import type { Attachment } from '../../conversation/message.ts';

/** A file of a mail, with its bytes. */
export interface MailFile {
  name: string;
  type: string;
  /** Bytes. */
  size: number;
  bytes: Uint8Array;
}

/** More files than anybody sends; the rest is named in one line. */
const most = 50;

/** What is kept of a file. Its bytes are copied here once the host has a place for them; until then the file is named and the reason given. */
export async function keepFile({ name, type, size }: MailFile): Promise<Attachment> {
  return { name, type, size, refused: type === 'application/ms-tnef' ? 'tnef' : 'not-stored-yet' };
}

/** The files of a mail, without what mail programs add by themselves: invitations, signatures, delivery reports. */
export function readFiles(parts: Part[]): MailFile[] {
  const files = parts.filter((part) => !isAdded(part)).map((part, n) => readFile(part, n));
  const rest = files.length - most;
  if (rest <= 0) return files;
  return [...files.slice(0, most), { name: `+${rest}`, type: 'application/octet-stream', size: 0, bytes: new Uint8Array() }];
}

function readFile({ filename, mimeType, content }: Part, n: number): MailFile {
  const bytes = typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content);
  const type = /^[\w.+-]{1,80}\/[\w.+-]{1,80}$/.test(mimeType) ? mimeType : 'application/octet-stream';
  const name = safeName(filename ?? '') || (type === 'application/ms-tnef' ? 'winmail.dat' : `file-${n + 1}`);
  return { name, type: /^winmail\.dat$/i.test(name) ? 'application/ms-tnef' : type, size: bytes.byteLength, bytes };
}

/** A name without a path, without what a file system or a person could stumble over. */
export function safeName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  return last
    .replace(/[\p{Cc}\p{Cf}<>:"|?*\u2028\u2029]/gu, '')
    .replace(/^\.+/, '')
    .trim()
    .slice(-120)
    .toWellFormed();
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
