import { createHash } from 'node:crypto';
import type { Address, Email } from 'postal-mime';
import { cutText } from '../../cut-text.ts';
import { mend } from './charset.ts';
import { type MailFile, readFiles } from './files.ts';
import { htmlText } from './html-text.ts';
import { parseApart } from './parse-apart.ts';
import { parseMail } from './parse-mail.ts';
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

/** The largest mail that is read has fewer, written as programs write; a parser takes many seconds over more. */
const mostLines = 600_000;

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
    subject: cutText(oneLine(mend(email.subject ?? '')), 300),
    at: Number.isNaN(at) ? undefined : at,
    text,
    files: readFiles(email.attachments),
    header,
    identity: body,
  };
}

/** What has more is taken apart in a thread of its own. */
const quickBytes = 512 * 1024;
const quickLines = 10_000;

async function parse(source: Buffer): Promise<Email> {
  const lines = countLines(source);
  if (lines > mostLines) throw new Error(`more than ${mostLines} lines`);
  return source.length > quickBytes || lines > quickLines ? parseApart(source) : parseMail(source);
}

function countLines(source: Buffer): number {
  let count = 0;
  for (let at = source.indexOf(10); at >= 0 && count <= mostLines; at = source.indexOf(10, at + 1)) count++;
  return count;
}

function bodyText(email: Email): string {
  const plain = mend(email.text ?? '').trim();
  // Some programs write "this mail is HTML" into the plain part, or nothing.
  if (plain && !(email.html && plain.length < 200 && /html/i.test(plain))) return tidy(plain);
  return email.html ? tidy(htmlText(mend(email.html))) : plain;
}

function tidy(text: string): string {
  return (
    text
      .replaceAll('\r\n', '\n')
      .replaceAll('\r', '\n')
      // Looked for from its first blank only: in the midst of a long run every blank would begin a search of its own.
      .replace(/(?<![ \t])[ \t]+$/gm, '')
      .trim()
  );
}

const oneLine = (text: string) => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();

function people(list: Address[]): Person[] {
  return list.slice(0, 200).flatMap((each) => {
    if (each.group) return people(each.group);
    const address = cleanAddress(each.address);
    return address
      ? [
          {
            name: cutText(oneLine(mend(each.name ?? '')), 80),
            address,
          },
        ]
      : [];
  });
}

function ids(text: string | undefined): string[] {
  return text?.slice(0, 20_000).match(/<[\x21-\x3b\x3d\x3f-\x7e]{1,240}>/g) ?? [];
}
