import { Fault } from '../../errors.ts';
import type { Call } from './client.ts';
import { codeOf, readFailure } from './failure.ts';

/** Tries the Bot API for `destek doctor`. `url`: our webhook's, where one is set; `root`: another server than Telegram's. Throws a Fault with the remedy. */
export async function checkBot(call: Call, { url, root }: { url?: string; root?: string }): Promise<string> {
  const where = root ?? 'api.telegram.org';
  const { username } = await call('getMe', {}, { withinMs: 10_000 }).catch((error) => {
    throw explain(error, where);
  });
  const hook = await call('getWebhookInfo', {}, { withinMs: 10_000 }).catch((error) => {
    throw explain(error, where);
  });
  if (url && hook.url && hook.url !== url)
    throw new Fault(
      'config.invalid',
      `Telegram brings @${username}’s messages to ${new URL(hook.url).host}, not to TELEGRAM_WEBHOOK_URL.`,
      'Stop the other program, or give it another bot.',
    );
  if (!url && hook.url)
    throw new Fault(
      'config.invalid',
      `Telegram brings @${username}’s messages to a webhook at ${new URL(hook.url).host}, and TELEGRAM_WEBHOOK_URL is not set.`,
      'Destek removes that webhook when it starts; if it comes back, another program uses this bot.',
    );
  if (hook.last_error_message && Date.now() / 1000 - (hook.last_error_date ?? 0) < 600)
    throw new Fault(
      'config.invalid',
      `Telegram could not bring messages of the last ten minutes: ${hook.last_error_message}.`,
      'TELEGRAM_WEBHOOK_URL must lead from the internet to this program, over https on port 443, 80, 88 or 8443.',
    );
  return `@${username} answers at ${where}, ${hook.pending_update_count} messages wait there`;
}

function explain(error: unknown, where: string): Fault {
  const failure = readFailure(error);
  if (failure.kind === 'token')
    return new Fault('config.invalid', 'Telegram does not know TELEGRAM_BOT_TOKEN.', 'Ask @BotFather for the token (/token) and set it.');
  if (failure.kind === 'wait')
    return new Fault('rate.limited', 'Telegram asks to be left alone for a while.', `Try again in ${Math.ceil(failure.ms / 1000)} s.`);
  return new Fault(
    'store.unavailable',
    `${where} cannot be reached (${codeOf(error)}).`,
    'Check the network and, where it is set, TELEGRAM_API_ROOT.',
  );
}
