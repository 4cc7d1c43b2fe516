import { type Place, writeAddress } from './address.ts';
import type { Mail } from './mail.ts';
import { cleanAddress, isMachineAddress } from './person.ts';
import { ownIds, type Tokens } from './token.ts';

/** A report that a mail of ours could not be delivered. */
export interface Bounce {
  /** Address (bots/email/address) that it was sent to, where the report proves that it was ours. */
  address?: string;
  /** It never will be, as opposed to a delay. */
  permanent: boolean;
  code: string;
}

/** Reads a delivery report, of the standard's kind or of an older server's; undefined for any other mail. Receipts of reading are reports without effect. */
export function readBounce(mail: Mail, source: Buffer, tokens: Tokens, mailboxes: string[]): Bounce | undefined {
  const type = (mail.header('content-type')[0] ?? '').toLowerCase();
  const report = /^multipart\/report/.test(type);
  if (report && /disposition-notification/.test(type)) return { permanent: false, code: 'read-receipt' };
  const daemon = /^(mailer-?daemon|postmaster)@/.test(mail.from?.address ?? '');
  const nobody = mail.header('return-path').some((path) => /^\s*<\s*>\s*$/.test(path));
  const failed = mail.header('x-failed-recipients').length > 0;
  const standard = report && /delivery-status/.test(type);
  if (
    !standard &&
    !failed &&
    !(daemon && (nobody || undelivered.test(mail.subject) || machineWords.test(mail.header('auto-submitted')[0] ?? '')))
  )
    return undefined;

  // The returned mail's header stands near the end of a short report; a long one carries the whole mail.
  const raw = source.subarray(0, 500_000).toString('latin1');
  const [, status] = /^Status:\s*([245]\.\d{1,3}\.\d{1,3})/im.exec(raw) ?? [];
  const delayed =
    /^Action:\s*(delayed|relayed|delivered|expanded)/im.test(raw) || status?.startsWith('4') === true || status?.startsWith('2') === true;
  const place = findPlace(raw, tokens, mailboxes);
  return { address: place && writeAddress(place), permanent: !delayed, code: status ? `bounced-${status}` : 'bounced' };
}

const undelivered =
  /undeliver|delivery (status|failure|has failed)|returned mail|mail delivery (failed|subsystem)|failure notice|teslim edilemedi|не доставлено|недоставлен|unzustellbar/iu;
const machineWords = /auto-(replied|generated)/i;

// Whoever can show a Message-ID of ours that was signed for a receiver had that mail: nobody can have others suspended.
function findPlace(raw: string, tokens: Tokens, mailboxes: string[]): Place | undefined {
  const ids = [...new Set(raw.match(ownIds) ?? [])].slice(0, 20);
  if (ids.length === 0) return undefined;
  const found = raw.match(/[^\s<>()[\]\\,;:"@=]{1,64}@[^\s<>()[\]\\,;:"@=]{1,253}/g) ?? [];
  const people = [...new Set(found.map(cleanAddress))].filter((each) => each !== undefined && !isMachineAddress(each)).slice(0, 50);
  for (const mailbox of mailboxes) {
    for (const sender of people as string[]) {
      const thread = tokens.findThread(ids, mailbox, sender);
      if (thread) return { mailbox, sender, thread };
    }
  }
  return undefined;
}
