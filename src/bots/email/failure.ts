import { RetryLater, Undeliverable } from '../../conversation/channel.ts';
import { isFault } from '../../errors.ts';
import type { Log } from '../../log.ts';
import { isRefused, refusedRemedy } from './refused.ts';

/** What an error of nodemailer means for the reply: it can never arrive, or it is tried again. Servers that are away are waited for as long as it takes. `byToken`: it signs in by OAuth2. */
export function sendingFailure(error: unknown, attempt: number, log: Log, byToken = false): RetryLater | Undeliverable {
  // No token to sign in with.
  if (isFault(error)) {
    log.error({ err: error.message }, 'mail not sent');
    return new RetryLater(60_000, error.code);
  }
  const { code, responseCode = 0, message, command } = error as { code?: string; responseCode?: number; message: string; command?: string };
  const err = `${code ?? 'error'} ${responseCode || ''} ${command ?? ''}`.trim();
  if (isRefused(error)) {
    log.error({ err, remedy: refusedRemedy('SMTP_URL', byToken) }, 'mail not sent');
    return new RetryLater(60_000, err);
  }
  // Answers to the receiver's address and to the text; those to our own address or to the connection are ours to mend.
  const refused = responseCode >= 500 && responseCode < 600;
  if (refused && command === 'RCPT TO')
    return new Undeliverable(/5\.7\.|spam|block|denied/i.test(message) ? 'refused' : 'address-unknown', err);
  if (refused && command === 'DATA') return new Undeliverable('refused', err);
  if (code === 'EENVELOPE' && responseCode === 0) return new Undeliverable('address-unknown', err);
  log.warn({ err }, 'mail not sent, trying again');
  return new RetryLater(Math.min(60_000, 500 * 2 ** Math.min(attempt, 10)), err);
}
