import { createHash } from 'node:crypto';
import PostalMime, { type Address, type Email } from 'postal-mime';
import { mend, mendBytes } from './charset.ts';
import { type MailFile, readFiles } from './files.ts';
import { htmlText } from './html-text.ts';
import { cleanAddress, type Person } from './person.ts';

/** A mail as read: everything decoded, nothing judged. */
export interface Mail {
  messageId?: string;
  /** Message-IDs that it answers, the nearest first. */
  answers: string[];
  from?: Person;
  replyTo: Person[];
  /** Addresses that it was sent to, To before Cc. */
  to: string[];
  subject: string;
  /** Milliseconds since the epoch, as the sender says. */
  at?: number;
  /** The whole text, history and all. */
  text: string;
  files: MailFile[];
  /** Values of a header by its name in lower case, from the top. */
  header(name: string): string[];
  /** The same for every delivery of the same mail, another for every other: a Message-ID alone may be missing or used twice. */
  identity: string;
}

/** Limits against mails that are made to hurt; beyond them reading throws. */
const limits = { maxNestingDepth: 60, maxHeadersSize: 8 * 1024 * 1024, maxRfc822NestingDepth: 0 };

/** Reads a mail. Throws where it cannot be read at all. */
export async function readMail(source: Buffer): Promise<Mail> {
  const email = await parse(source);
  const headers = Map.groupBy(email.headers.slice(0, 5_000), ({ key }) => key);
  const header = (name: string) => (headers.get(name) ?? []).map(({ value }) => value);
  const messageId = ids(email.messageId)[0];
  const from = people(email.from ? [email.from] : [])[0] ?? people(email.sender ? [email.sender] : [])[0];
  const text = bodyText(email);
  const body = createHash('sha256')
    .update(`${messageId ?? ''}\n${email.date ?? ''}\n${from?.address ?? ''}\n${text}`)
    .digest('hex')
    .slice(0, 32);
  const at = email.date ? Date.parse(email.date) : Number.NaN;
  return {
    messageId,
    answers: [...ids(email.inReplyTo).reverse(), ...ids(email.references).reverse()],
    from,
    replyTo: people(email.replyTo ?? []),
    to: people([...(email.to ?? []), ...(email.cc ?? [])]).map(({ address }) => address),
    subject: oneLine(mend(email.subject ?? ''))
      .slice(0, 300)
      .toWellFormed(),
    at: Number.isNaN(at) ? undefined : at,
    text,
    files: readFiles(email.attachments),
    header,
    identity: body,
  };
}

async function parse(source: Buffer): Promise<Email> {
  const email = await PostalMime.parse(source, limits);
  // Bytes that are not in the charset which the mail names, or it names none.
  if (!`${email.text ?? ''}${email.html ?? ''}`.includes('\ufffd')) return email;
  const mended = mendBytes(source);
  return mended ? PostalMime.parse(mended, limits) : email;
}

function bodyText(email: Email): string {
  const plain = mend(email.text ?? '').trim();
  // Some programs write "this mail is HTML" into the plain part, or nothing.
  if (plain && !(email.html && plain.length < 200 && /html/i.test(plain))) return tidy(plain);
  return email.html ? tidy(htmlText(mend(email.html))) : plain;
}

function tidy(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replaceAll('\r', '\n')
    .replace(/[ \t]+$/gm, '')
    .trim();
}

const oneLine = (text: string) => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();

function people(list: Address[]): Person[] {
  return list.slice(0, 200).flatMap((each) => {
    if (each.group) return people(each.group);
    const address = cleanAddress(each.address);
    return address
      ? [
          {
            name: oneLine(mend(each.name ?? ''))
              .slice(0, 80)
              .toWellFormed(),
            address,
          },
        ]
      : [];
  });
}

function ids(text: string | undefined): string[] {
  return text?.slice(0, 20_000).match(/<[\x21-\x3b\x3d\x3f-\x7e]{1,240}>/g) ?? [];
}
