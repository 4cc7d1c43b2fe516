import PostalMime, { type Email } from 'postal-mime';
import { mendBytes } from './charset.ts';

/** Limits against mails that are made to hurt; beyond them reading throws. */
const limits = { maxNestingDepth: 60, maxHeadersSize: 8 * 1024 * 1024, maxRfc822NestingDepth: 0 };

/** Takes a mail apart, in the charset that it is really in. Holds up everything else meanwhile: about a second for each 30 MB or 100,000 lines. */
export async function parseMail(source: Buffer): Promise<Email> {
  const email = await PostalMime.parse(source, limits);
  // Bytes that are not in the charset which the mail names, or it names none.
  if (!isMisread(`${email.text ?? ''}${email.html ?? ''}`)) return email;
  const mended = mendBytes(source);
  return mended ? PostalMime.parse(mended, limits) : email;
}

/** A letter that was cut in two by a program is one among many that are right; in another charset hardly one is. */
function isMisread(text: string): boolean {
  const wrong = text.match(/\ufffd/g)?.length ?? 0;
  return wrong > 0 && (text.match(/[^\x00-\x7f\ufffd]/g)?.length ?? 0) < 2 * wrong;
}
