import { z } from 'zod';
import { Fault } from '../../errors.ts';
import type { OAuth } from './grant.ts';
import { cleanAddress } from './person.ts';

/** One mailbox that is read and written from. */
export interface Mailbox {
  /** Its own e-mail address, lower case. */
  address: string;
  /** What its mails are sent from: name and address. */
  from: { name: string; address: string };
  /** An empty `pass`: OAuth2. */
  imap: { host: string; port: number; secure: boolean; anyCertificate: boolean; user: string; pass: string; folder: string };
  smtpUrl: string;
  /** Where what nobody else is named for goes. */
  department?: string;
  /** Whose Authentication-Results are believed: the receiving server's own name in them. */
  authserv?: string;
  /** Days of mail before the very first start that are still read. */
  historyDays: number;
}

const given = z.object({
  IMAP_URL: z.string().optional(),
  SMTP_URL: z.string().optional(),
  MAIL_FROM: z.string().optional(),
  MAIL_OAUTH_TOKEN_URL: z.string().optional(),
  MAIL_OAUTH_CLIENT_ID: z.string().optional(),
  MAIL_OAUTH_CLIENT_SECRET: z.string().optional(),
  MAIL_OAUTH_REFRESH_TOKEN: z.string().optional(),
  MAIL_OAUTH_SCOPE: z.string().optional(),
  ROLES: z.array(z.string()),
});

/** What the channel is made from. `oauth`: how those sign in whose address has no password. */
export interface MailSettings {
  mailboxes: Mailbox[];
  oauth?: OAuth;
  roles: string[];
}

/**
 * The mailboxes of the settings; undefined while they are not all there. IMAP_URL and SMTP_URL may be lists (spaces or commas between);
 * the n-th SMTP_URL belongs to the n-th mailbox, the last to all that follow. Throws a Fault for what cannot be meant.
 */
export function readSettings(settings: Record<string, unknown>): MailSettings | undefined {
  const { IMAP_URL, SMTP_URL, MAIL_FROM, ROLES, ...rest } = given.parse(settings);
  if (!IMAP_URL || !SMTP_URL || !MAIL_FROM) return undefined;
  const senders = readFrom(MAIL_FROM);
  const smtp = addresses(SMTP_URL);
  const mailboxes = addresses(IMAP_URL).map((url, n) => readMailbox(url, smtp[Math.min(n, smtp.length - 1)] ?? '', senders));
  const twice = mailboxes.find(({ address }, n) => mailboxes.findIndex((other) => other.address === address) !== n);
  if (twice)
    throw fault(
      'IMAP_URL',
      `two mailboxes have the address ${twice.address}.`,
      'Say which address each has: imaps://name:password@host?address=finance@example.com',
    );
  return { mailboxes, oauth: readOAuth(rest), roles: ROLES };
}

function readOAuth(given: { [name in `MAIL_OAUTH_${string}`]?: string }): OAuth | undefined {
  const { MAIL_OAUTH_TOKEN_URL: tokenUrl, MAIL_OAUTH_CLIENT_ID: clientId } = given;
  if (!tokenUrl || !clientId) return undefined;
  return {
    tokenUrl,
    clientId,
    clientSecret: given.MAIL_OAUTH_CLIENT_SECRET,
    refreshToken: given.MAIL_OAUTH_REFRESH_TOKEN,
    scope: given.MAIL_OAUTH_SCOPE,
  };
}

// A password may hold a comma: a list is cut only where the next address begins.
function addresses(list: string): string[] {
  return list.split(/[\s,]+(?=[a-z]+:\/\/)/).filter(Boolean);
}

function readMailbox(text: string, smtpUrl: string, from: Mailbox['from']): Mailbox {
  if (!URL.canParse(text))
    throw fault('IMAP_URL', 'holds something that is no address.', 'For instance: imaps://name:password@mail.example.com');
  const url = new URL(text);
  const asked = checkQuestions(url);
  const user = decode('IMAP_URL', url.username);
  const secure = url.protocol === 'imaps:';
  checkSmtp(smtpUrl);
  const address = asked ?? cleanAddress(user) ?? from.address;
  const history = url.searchParams.get('history') ?? '3';
  const days = Number(history);
  if (!/^\d{1,5}$/.test(history)) throw fault('IMAP_URL', 'history must be a number of days.', 'For instance: ?history=3');
  return {
    address,
    from: { name: from.name, address },
    imap: {
      host: url.hostname,
      port: Number(url.port) || (secure ? 993 : 143),
      secure,
      // A server on this machine shows a certificate that nobody signed, and nobody stands in between.
      anyCertificate: url.searchParams.get('tls') === 'any' || isLoopback(url.hostname),
      user,
      pass: decode('IMAP_URL', url.password),
      folder: decode('IMAP_URL', url.pathname.slice(1)) || 'INBOX',
    },
    smtpUrl,
    department: url.searchParams.get('department') ?? undefined,
    authserv: url.searchParams.get('authserv')?.toLowerCase() ?? undefined,
    historyDays: days,
  };
}

const questions = ['address', 'department', 'authserv', 'tls', 'history'];

/** What stands behind the question mark is something that we know, and can be meant; the address, where one is given. */
function checkQuestions({ searchParams }: URL): string | undefined {
  const unknown = [...searchParams.keys()].find((name) => !questions.includes(name));
  if (unknown !== undefined)
    throw fault('IMAP_URL', `knows nothing called ${unknown}.`, `It takes ${questions.join(', ')} (docs/email.md).`);
  if (!['any', null].includes(searchParams.get('tls')))
    throw fault('IMAP_URL', 'tls can only be any.', 'Leave it out to check certificates.');
  const address = searchParams.get('address');
  const clean = cleanAddress(address ?? undefined);
  if (address !== null && !clean) throw fault('IMAP_URL', 'address is no e-mail address.', 'For instance: ?address=finance@example.com');
  return clean;
}

function checkSmtp(text: string): void {
  if (!URL.canParse(text))
    throw fault('SMTP_URL', 'holds something that is no address.', 'For instance: smtps://name:password@mail.example.com');
  const { username, password } = new URL(text);
  decode('SMTP_URL', username + password);
}

function decode(setting: string, text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw fault(setting, 'has a % that stands for nothing.', 'Write a % in a name or password as %25.');
  }
}

/** True for this machine's own addresses. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}

function readFrom(text: string): Mailbox['from'] {
  const [, name = '', address = text] = /^\s*"?([^"<]*?)"?\s*<([^<>]+)>\s*$/.exec(text) ?? [];
  const clean = cleanAddress(address);
  if (!clean) throw fault('MAIL_FROM', 'holds no e-mail address.', 'For instance: Support <support@example.com>');
  return { name: name.trim(), address: clean };
}

function fault(setting: string, what: string, remedy: string): Fault {
  return new Fault('config.invalid', `${setting}: ${what}`, remedy);
}
