import type { InboundMessage } from '../../conversation/message.ts';
import { maxInboundLength } from '../../conversation/message.ts';
import { writeAddress } from './address.ts';
import { authenticationMarks, isForged, readAuthentication } from './authentication.ts';
import { readBounce } from './bounce.ts';
import type { MailFile } from './files.ts';
import { answerTo, machineOf } from './machine.ts';
import type { Mail } from './mail.ts';
import { foldCase } from './phrases.ts';
import type { Mailbox } from './settings.ts';
import { isSpam } from './spam.ts';
import { readSubject } from './subject.ts';
import type { Tokens } from './token.ts';
import { trim } from './trim.ts';

/** What a mail means to us. */
export type Fact =
  | { fact: 'message'; address: string; sender: string; name?: string; message: Omit<InboundMessage, 'attachments'>; files: MailFile[] }
  | { fact: 'unreachable'; address: string; code: string }
  /** Nothing is kept of it: our own mail, a report that says nothing new. */
  | { fact: 'none'; why: string };

/** What understanding needs to know of us. */
export interface About {
  mailbox: Mailbox;
  /** Addresses of all our mailboxes. */
  own: string[];
  tokens: Tokens;
}

/** Understands a mail: a pure function of the mail and of who we are. Throws where it has no sender at all. */
export function understand(mail: Mail, source: Buffer, { mailbox, own, tokens }: About): Fact {
  if (mail.header('x-destek').some((mark) => tokens.isMark(mark, mail.messageId))) return { fact: 'none', why: 'own-mail' };
  const bounce = readBounce(mail, source, tokens, own);
  if (bounce?.permanent && bounce.address) return { fact: 'unreachable', address: bounce.address, code: bounce.code };
  if (bounce) return { fact: 'none', why: bounce.code };
  const person = answerTo(mail) ?? mail.from;
  if (!person) throw new Error('no sender');
  if (own.includes(person.address.replace(/\+[^@]*@/, '@'))) return { fact: 'none', why: 'own-address' };

  // A mail to several of our mailboxes is read in each, and is one: that of the first that it names.
  const to = mail.to.find((address) => own.includes(address)) ?? mailbox.address;
  const sender = person.address;
  const authentication = readAuthentication(mail, mailbox.authserv);
  const forged = isForged(authentication);
  const known = forged ? undefined : tokens.findThread(mail.answers, to, sender);
  const subject = readSubject(mail.subject);
  const marks = authenticationMarks(authentication);
  if (forged) marks.push('unauthenticated');
  if (isSpam(mail)) marks.push('spam');
  if (subject.related && !known) marks.push(`related:${subject.related}`);
  if (mail.text.length > maxInboundLength) marks.push('cut');
  const text = textOf(mail, subject, known !== undefined);
  return {
    fact: 'message',
    address: writeAddress({ mailbox: to, sender, thread: known ?? tokens.newThread(to, sender, mail.identity) }),
    sender,
    name: person.name || undefined,
    message: {
      type: 'message',
      id: `${mail.identity} ${mail.messageId ?? ''}`.trim(),
      text,
      at: mail.at,
      subject: subject.text || undefined,
      full: mail.text && mail.text !== text ? mail.text.slice(0, maxInboundLength) : undefined,
      marks: marks.length > 0 ? marks : undefined,
      department: mailbox.department,
      silent: machineOf(mail, to),
    },
    files: mail.files,
  };
}

/** What they wrote; with the subject before it where the mail opens a thread, because it often holds the question. */
function textOf(mail: Mail, subject: ReturnType<typeof readSubject>, joins: boolean): string {
  const body = trim(mail.text, { forwards: subject.forwards, answers: subject.answers || mail.answers.length > 0 });
  if (joins && (body || mail.files.length > 0)) return body.slice(0, maxInboundLength);
  const said = foldCase(body).startsWith(foldCase(subject.text));
  return ([said ? '' : subject.text, body].filter(Boolean).join('\n\n') || mail.text).slice(0, maxInboundLength);
}
