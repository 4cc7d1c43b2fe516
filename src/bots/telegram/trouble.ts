import type { Log } from '../../log.ts';
import { codeOf, readFailure } from './failure.ts';

const remedies = {
  conflict:
    "Another program receives this bot's messages. Stop it, or give it another bot (TELEGRAM_BOT_TOKEN); until then both get a part of them.",
  token: 'Telegram does not know TELEGRAM_BOT_TOKEN. Ask @BotFather for the token (/token) and set it.',
};

/** Tells the log what is wrong between us and Telegram, with the remedy where there is one. Returns the milliseconds to wait; `failures` in a row so far. */
export function tellTrouble(error: unknown, failures: number, log: Log): number {
  const failure = readFailure(error);
  const backoff = Math.min(30_000, 500 * 2 ** Math.min(failures, 10));
  const err = codeOf(error);
  switch (failure.kind) {
    case 'conflict':
      log.warn({ err, remedy: remedies.conflict }, 'somebody else asks for the updates');
      return 5_000;
    case 'token':
      log.error({ err, remedy: remedies.token }, 'token refused');
      return 30_000;
    case 'wait':
      log.warn({ err }, 'asked to wait');
      return failure.ms;
    default:
      log.warn({ err, failures }, 'no updates');
      return backoff;
  }
}
