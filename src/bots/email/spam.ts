import type { Mail } from './mail.ts';

/** True where the receiving server's filter took the mail for spam (SpamAssassin, Rspamd and what writes alike). It is shown, and answered all the same: filters err. */
export function isSpam(mail: Mail): boolean {
  const says = (name: string, yes: RegExp) => mail.header(name).some((value) => yes.test(value.trim()));
  return (
    says('x-spam-flag', /^yes\b/i) ||
    says('x-spam-status', /^yes\b/i) ||
    says('x-spam', /^(yes|true)\b/i) ||
    says('x-spam-action', /^(reject|add header|rewrite subject)/i)
  );
}
