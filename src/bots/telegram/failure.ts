import { TelegramError } from 'telegraf';
import { RetryLater, Undeliverable } from '../../conversation/channel.ts';

/** What a failed call means. */
export type Failure =
  /** Too fast: leave it alone for so long. */
  | { kind: 'wait'; ms: number }
  /** The group is a supergroup now, under another id. */
  | { kind: 'moved'; to: number }
  /** Telegram does not like the entities. */
  | { kind: 'markup' }
  /** That chat can never be reached; an ordinary state. */
  | { kind: 'unreachable'; code: string }
  /** Another program asks for the same bot's updates, or a webhook is set. */
  | { kind: 'conflict' }
  /** TELEGRAM_BOT_TOKEN is not, or no longer, a bot's. */
  | { kind: 'token' }
  /** Network or server trouble: later. `maybeDone`: Telegram had the request, and only its answer is missing. */
  | { kind: 'unavailable'; maybeDone: boolean }
  | { kind: 'bug' };

/** Texts of a 400 that mean that nobody is there (any more). Telegram has no other sign for it. */
const gone =
  /chat not found|user not found|PEER_ID_INVALID|user is deactivated|group chat was deactivated|have no rights to send|not enough rights|CHAT_WRITE_FORBIDDEN|message thread not found|TOPIC_(CLOSED|DELETED)/i;

/** Reads what a call was answered with. */
export function readFailure(error: unknown): Failure {
  if (!(error instanceof TelegramError))
    return fromNetwork(error) ? { kind: 'unavailable', maybeDone: !neverArrived(error) } : { kind: 'bug' };
  const { description, parameters, code } = error;
  if (parameters?.migrate_to_chat_id) return { kind: 'moved', to: parameters.migrate_to_chat_id };
  switch (code) {
    case 429:
      return { kind: 'wait', ms: (parameters?.retry_after ?? 1) * 1000 };
    case 403:
      return { kind: 'unreachable', code: gone.test(description) ? 'gone' : 'blocked' };
    case 409:
      return { kind: 'conflict' };
    // A malformed token is not found.
    case 401:
    case 404:
      return { kind: 'token' };
    case 400:
      if (/can't parse entities|ENTITY_|ENTITIES_/i.test(description)) return { kind: 'markup' };
      return gone.test(description) ? { kind: 'unreachable', code: 'gone' } : { kind: 'bug' };
    default:
      return code >= 500 ? { kind: 'unavailable', maybeDone: true } : { kind: 'bug' };
  }
}

/** A failed send as the host knows failures: RetryLater, Undeliverable, or else a bug. `attempt`: how often it failed before. */
export function sendFault(error: unknown, attempt: number): Error {
  const failure = readFailure(error);
  switch (failure.kind) {
    case 'wait':
      return new RetryLater(failure.ms, codeOf(error));
    case 'unreachable':
      return new Undeliverable(failure.code, codeOf(error));
    case 'token':
      return new RetryLater(30_000, codeOf(error));
    case 'unavailable':
      return new RetryLater(Math.min(60_000, 500 * 2 ** Math.min(attempt, 10)), codeOf(error), failure.maybeDone);
    default:
      return error as Error;
  }
}

/** An error for the log: a code or Telegram's own words. Never the message of a database's error, which holds the values that it was given. */
export function codeOf(error: unknown): string {
  if (error instanceof TelegramError) return error.message;
  const { name, code, cause } = error as { name?: string; code?: string; cause?: { code?: string } };
  return [name, code ?? cause?.code].filter(Boolean).join(' ');
}

function fromNetwork(error: unknown): boolean {
  return ['FetchError', 'AbortError', 'TimeoutError'].includes((error as Error).name);
}

// Nobody took the connection, so nobody took the request.
function neverArrived(error: unknown): boolean {
  const { code, cause } = error as { code?: string; cause?: { code?: string } };
  return ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'].includes(code ?? cause?.code ?? '');
}
