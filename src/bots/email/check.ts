import { daysLeft, endsSoon } from '../../conversation/days-left.ts';
import { Fault } from '../../errors.ts';
import { consentRemedy } from './grant.ts';
import { connectInbox } from './inbox.ts';
import { isRefused, refusedRemedy } from './refused.ts';
import type { Mailbox } from './settings.ts';
import type { SignIn } from './sign-in.ts';
import { needsToken, openSmtp } from './smtp.ts';

const withinMs = 30_000;

/** Tries every mailbox and every server that mail goes out by, for `destek doctor`. Throws with the remedy. */
export async function checkMail(mailboxes: Mailbox[], signIn: SignIn | undefined): Promise<string> {
  const signal = AbortSignal.timeout(withinMs);
  for (const mailbox of mailboxes) {
    const inbox = await connectInbox(mailbox, { signal, commandMs: withinMs, signIn }).catch((error) => {
      if (!isRefused(error)) throw error;
      throw refused(mailbox.imap.host, mailbox.imap.user, refusedRemedy('IMAP_URL', signIn !== undefined && !mailbox.imap.pass));
    });
    await inbox.open().finally(inbox.close);
  }
  for (const url of new Set(mailboxes.map(({ smtpUrl }) => smtpUrl))) {
    const smtp = openSmtp(url, signIn);
    await smtp
      .verify()
      .catch((error) => {
        if (!isRefused(error)) throw error;
        const { hostname, username } = new URL(url);
        throw refused(hostname, decodeURIComponent(username), refusedRemedy('SMTP_URL', signIn !== undefined && needsToken(url)));
      })
      .finally(smtp.close);
  }
  const days = daysLeft(signIn?.endsAt(), Date.now());
  const ends = days === undefined ? '' : `; the consent ends in ${days} days${endsSoon(days) ? `: ${consentRemedy}` : ''}`;
  return `reads and writes as ${mailboxes.map(({ address }) => address).join(', ')}${ends}`;
}

function refused(host: string, user: string, remedy: string): Fault {
  return new Fault('config.invalid', `${host} does not let ${user || 'us'} in.`, remedy);
}
