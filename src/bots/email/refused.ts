import { isFault } from '../../errors.ts';

/** Whether a mail server did not take who we say we are. */
export function isRefused(error: unknown): boolean {
  const { authenticationFailed, code, responseCode } = error as { authenticationFailed?: boolean; code?: string; responseCode?: number };
  return authenticationFailed === true || code === 'EAUTH' || responseCode === 530 || responseCode === 535;
}

/** What an error says of the server: it does not let us in, nor does whoever gives us tokens for it; or it is away. */
export function sourceFault(error: unknown): 'refused' | 'away' {
  return (isFault(error) ? error.code === 'config.invalid' : isRefused(error)) ? 'refused' : 'away';
}

/** What to do where a mail server takes the name but not what proves it. `byToken`: a token of OAuth2, else the password in the address. */
export function refusedRemedy(setting: 'IMAP_URL' | 'SMTP_URL', byToken: boolean): string {
  if (!byToken) return `The mail server refuses the name or password in ${setting}.`;
  const right = setting === 'IMAP_URL' ? 'read' : 'send';
  return `The mail server does not take the token for the name in ${setting}: MAIL_OAUTH_SCOPE must hold the right to ${right} mail, and the provider must let this client use that mailbox (docs/email.md).`;
}
