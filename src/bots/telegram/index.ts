import { z } from 'zod';
import { type Capabilities, type Channel, type Host, plainCapabilities, Undeliverable } from '../../conversation/channel.ts';
import { pause } from '../../pause.ts';
import { readAddress } from './address.ts';
import { createAnnounce } from './announce.ts';
import { createArrivals } from './arrivals.ts';
import { type Aside, createAside } from './aside.ts';
import { checkBot } from './check.ts';
import { type Call, createCall } from './client.ts';
import { setCommands } from './commands.ts';
import { createDownload } from './download.ts';
import { codeOf } from './failure.ts';
import { maxText } from './format.ts';
import { maxCaption, mostFiles, mostUploadBytes } from './media.ts';
import { createPace } from './pace.ts';
import { poll } from './poll.ts';
import { createPress } from './press.ts';
import { createSend } from './send.ts';
import { createUpdatesWord, nameOfBot, type UpdatesWord } from './source.ts';
import { createTake, type Take, type Tell } from './take.ts';
import type { Me } from './text.ts';
import { tellTrouble } from './trouble.ts';
import { createTyping } from './typing.ts';
import { type Hook, keepWebhook, webhookRoute } from './webhook.ts';

const name = 'telegram';

const settings = z.object({
  TELEGRAM_BOT_TOKEN: z.string().optional(),
  TELEGRAM_API_ROOT: z.string().optional(),
  TELEGRAM_WEBHOOK_URL: z.string().optional(),
  ROLES: z.array(z.string()),
});

const capabilities: Capabilities = {
  ...plainCapabilities,
  maxLength: maxText,
  choices: 12,
  markup: true,
  idempotent: 'none',
  typing: true,
  attachments: { count: mostFiles, maxBytes: mostUploadBytes, caption: maxCaption },
};

/** Without a look that succeeded for so long Telegram is out, milliseconds. */
const silentMs = 300_000;

/** Telegram, while TELEGRAM_BOT_TOKEN is set. One process among those with its role asks for updates, or keeps the webhook; any may send. */
export function createTelegramChannel(given: Record<string, unknown>, limits: { mostStrikes?: number } = {}): Channel | undefined {
  const { TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: root, TELEGRAM_WEBHOOK_URL: url, ROLES: roles } = settings.parse(given);
  if (!token) return undefined;
  const call = createCall(token, root);
  const me = once(() => call('getMe', {}));
  const pace = createPace();
  const tell: Tell = async (chat, text) => void (await call('sendMessage', { chat_id: chat, text }).catch(() => undefined));
  const source = nameOfBot(token, root);
  const stop = new AbortController();
  let started: { host: Host; take: Take; send: Channel['send']; hook?: Hook } | undefined;
  let running: Promise<void> | undefined;

  return {
    name,
    label: 'Telegram',
    capabilities,
    sources: [{ name: source, silentMs }],
    async start(host) {
      const aside = createAside(host, source);
      const parts = { host, me, press: createPress({ host, call }), download: createDownload(call, token, root), tell };
      const take = createTake({ ...parts, aside });
      const again = () => aside.again(createTake(parts));
      const hook = url ? { url, secret: host.key('webhook').toString('base64url') } : undefined;
      started = { host, take, send: createSend({ host, call, me, pace }), hook };
      // Another bot counts its updates differently: the position belongs to the bot.
      const cursor = `offset:${token.split(':')[0]}`;
      if (roles.includes(name))
        running = host.lease('updates', stop.signal, (signal) =>
          receive({ host, call, me, take, limits, hook, cursor, aside, again, word: createUpdatesWord(host, source) }, signal),
        );
    },
    async routes(server) {
      if (!started) throw new Error(`${name}: start comes before routes`);
      const { host, take, hook } = started;
      if (hook) webhookRoute(server, hook, { token, log: host.log, arrive: createArrivals(take) });
    },
    async send(address, reply, sending) {
      if (!started) throw new Error(`${name}: start comes before send`);
      return started.send(address, reply, sending);
    },
    async tell(place, { text }, sending) {
      if (!/^-?\d+$/.test(place)) throw new Undeliverable('bad-address', 'a Telegram chat is named by its number, such as -1001234567890');
      await this.send(place, { type: 'text', text }, { ...sending, messageId: 0, seq: 0, author: 'system' });
    },
    announce: createAnnounce({ call, pace }),
    typing: createTyping({ call, pace }),
    check: () => checkBot(createCall(token, root), { url, root }),
    linkTo: async (start) => `https://t.me/${(await me()).username}?start=${start}`,
    isPublic: (address) => readAddress(address).author !== undefined,
    async stop() {
      stop.abort();
      await running;
    },
  };
}

interface Receiving {
  host: Host;
  call: Call;
  me(): Promise<Me>;
  take: Take;
  hook?: Hook;
  cursor: string;
  word: UpdatesWord;
  aside: Aside;
  limits: { mostStrikes?: number };
  /** Offers once more what lies aside. */
  again(): Promise<void>;
}

/** The work of the one process that receives: says who the bot is and what it can do, then brings updates until the signal aborts. */
async function receive({ host, call, me, take, hook, cursor, word, aside, again, limits }: Receiving, signal: AbortSignal): Promise<void> {
  for (let failures = 0; !signal.aborted; ) {
    try {
      await me();
      // While a webhook is set, Telegram refuses to be asked.
      if (!hook) await call('deleteWebhook', {}, { signal });
      break;
    } catch (error) {
      if (signal.aborted) break;
      await word.fails(error);
      await pause(tellTrouble(error, failures++, host.log), signal);
    }
  }
  if (signal.aborted) return;
  setCommands(call, host.words).catch((error) => host.log.warn({ err: codeOf(error) }, 'commands not listed'));
  await again();
  await (hook
    ? keepWebhook(hook, { call, log: host.log, word }, signal)
    : poll({ host, call, take, cursor, word, aside, ...limits }, signal));
}

/** Asks until it was answered once. */
function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => {
    answer ??= ask().catch((error) => {
      answer = undefined;
      throw error;
    });
    return answer;
  };
}
