import type { FastifyInstance } from 'fastify';
import { Telegraf } from 'telegraf';
import type { Update, WebhookInfo } from 'telegraf/types';
import type { Log } from '../../log.ts';
import { pause } from '../../pause.ts';
import { allowedUpdates } from './allowed-updates.ts';
import type { Call } from './client.ts';
import { codeOf } from './failure.ts';
import type { UpdatesWord } from './source.ts';
import { tellTrouble } from './trouble.ts';

const checkEveryMs = 60_000;
/** What waits so long after a failure may wait for another reason. Milliseconds. */
const waitingMs = 600_000;

/** Where Telegram brings updates, and the word by which we know that it is Telegram. */
export interface Hook {
  url: string;
  secret: string;
}

/** Receives updates at the hook's path. Answers 200 when an update is durable and 503 when not, so that Telegram brings it again. */
export function webhookRoute(
  server: FastifyInstance,
  { url, secret }: Hook,
  parts: { token: string; log: Log; arrive(update: Update): Promise<void> },
): void {
  const path = new URL(url).pathname;
  const bot = new Telegraf(parts.token);
  bot.handleUpdate = async (update, response) => {
    const status = await parts.arrive(update).then(
      () => 200,
      (error) => {
        parts.log.warn({ update: update.update_id, err: codeOf(error) }, 'update not stored, it will be brought again');
        return 503;
      },
    );
    response?.writeHead(status).end();
  };
  // telegraf's own check of path and secret.
  const check = bot.webhookCallback(path, { secretToken: secret });
  server.post(path, { config: { rateLimit: false }, schema: { hide: true } as object }, async (request, reply) => {
    reply.hijack();
    await check(Object.assign(request.raw, { body: request.body as Update }), reply.raw);
  });
}

/** Registers the hook and looks every minute whether it stands and works, until the signal aborts. */
export async function keepWebhook(
  { url, secret }: Hook,
  { call, log, word }: { call: Call; log: Log; word: UpdatesWord },
  signal: AbortSignal,
): Promise<void> {
  let registered = false;
  let lookedAt = Date.now();
  for (let failures = 0; !signal.aborted; ) {
    try {
      if (!registered) await call('setWebhook', { url, secret_token: secret, allowed_updates: allowedUpdates }, { signal });
      const info = await call('getWebhookInfo', {}, { signal });
      registered = info.url === url;
      if (!registered) log.error({ remedy: remedies.taken }, 'the webhook is not ours');
      const unreached = fails(info, lookedAt - checkEveryMs);
      if (unreached)
        log.warn({ err: info.last_error_message, pending: info.pending_update_count, remedy: remedies.unreached }, 'the webhook fails');
      if (!registered) await word.fails('taken');
      else if (unreached) await word.fails('unreached');
      else await word.works();
      lookedAt = Date.now();
      failures = 0;
      await pause(checkEveryMs, signal);
    } catch (error) {
      if (signal.aborted) return;
      await word.fails(error);
      await pause(tellTrouble(error, failures++, log), signal);
    }
  }
}

/** Telegram failed to bring something since then; or long before, and what it could not bring still waits: it tries ever more seldom. */
function fails(info: WebhookInfo, since: number): boolean {
  const failedAt = (info.last_error_date ?? 0) * 1000;
  return failedAt > since || (info.pending_update_count > 0 && failedAt > Date.now() - waitingMs);
}

const remedies = {
  taken: 'Another program sets a webhook for this bot. Stop it, or give it another bot (TELEGRAM_BOT_TOKEN).',
  unreached: 'TELEGRAM_WEBHOOK_URL must lead from the internet to this program, over https on port 443, 80, 88 or 8443.',
};
