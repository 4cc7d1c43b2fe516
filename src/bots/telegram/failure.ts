import { TelegramError } from 'telegraf';

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
  /** Network or server trouble: later. */
  | { kind: 'unavailable' }
  | { kind: 'bug' };

/** Texts of a 400 that mean that nobody is there (any more). Telegram has no other sign for it. */
const gone =
  /chat not found|user not found|PEER_ID_INVALID|user is deactivated|group chat was deactivated|have no rights to send|not enough rights|CHAT_WRITE_FORBIDDEN|message thread not found|TOPIC_(CLOSED|DELETED)/i;

/** Reads what a call was answered with. */
export function readFailure(error: unknown): Failure {
  if (!(error instanceof TelegramError)) return { kind: fromNetwork(error) ? 'unavailable' : 'bug' };
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
      return { kind: code >= 500 ? 'unavailable' : 'bug' };
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
