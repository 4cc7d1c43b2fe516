import { type Capabilities, type Channel, type Host, plainCapabilities, Undeliverable } from '../../conversation/channel.ts';
import { createSourceWord } from '../../conversation/source-word.ts';
import { readAddress } from './address.ts';
import { createAnnounce } from './announce.ts';
import { mostButtons } from './buttons.ts';
import { checkBot } from './check.ts';
import { mostFiles, mostUploadBytes } from './files.ts';
import { readGateway } from './gateway.ts';
import { createHomes } from './home.ts';
import { maxContent } from './pieces.ts';
import { createPoint } from './point.ts';
import { createPositions } from './positions.ts';
import { createRest, type Rest } from './rest.ts';
import { createSend } from './send.ts';
import { nameOfBot, silentMs } from './source.ts';
import { createTyping } from './typing.ts';

const name = 'discord';
const capabilities: Capabilities = {
  ...plainCapabilities,
  maxLength: maxContent,
  choices: mostButtons,
  markup: true,
  idempotent: 'window',
  typing: true,
  attachments: { count: mostFiles, maxBytes: mostUploadBytes },
};

/** Discord through discord.js: read by one process at a time, sent to by all. On with DISCORD_BOT_TOKEN; DISCORD_API_ROOT names another server, which also names the gateway. */
export function createDiscordChannel(settings: Record<string, unknown>): Channel | undefined {
  const {
    DISCORD_BOT_TOKEN: token,
    DISCORD_API_ROOT: root,
    ROLES: roles,
  } = settings as { DISCORD_BOT_TOKEN?: string; DISCORD_API_ROOT?: string; ROLES?: string[] };
  if (!token) return undefined;
  const source = nameOfBot(token, root);
  const stopping = new AbortController();
  let running: Running | undefined;
  const started = () => {
    if (!running) throw new Error('start comes before use');
    return running;
  };

  return {
    name,
    label: 'Discord',
    capabilities,
    sources: [{ name: source, silentMs }],
    async start(host: Host) {
      const rest = createRest(token, root, host.log);
      const positions = createPositions(host);
      const homes = createHomes({ host, rest, positions });
      const point = createPoint(rest, host);
      running = { rest, send: createSend({ host, rest, homes, point }), announce: createAnnounce(rest), typing: createTyping(rest) };
      if (roles && !roles.includes(name)) return;
      const read = (signal: AbortSignal) =>
        readGateway({ host, rest, token, homes, positions, point, source: createSourceWord(host, source) }, signal).catch((error: Error) =>
          host.log.error({ err: error.message }, 'gateway not read'),
        );
      running.reading = host.lease('gateway', stopping.signal, read);
    },
    send: (address, reply, sending) => started().send(address, reply, sending),
    async tell(place, { text }, sending) {
      if (!/^\d+$/.test(place)) throw new Undeliverable('bad-address', 'a Discord channel is named by its id, such as 112233445566778899');
      await this.send(place, { type: 'text', text }, { ...sending, messageId: 0, seq: 0, author: 'system' });
    },
    announce: (place, text, sending) => started().announce(place, text, sending),
    typing: (address) => started().typing(address),
    check: () => checkBot(token, root),
    isPublic: (address) => readAddress(address).author !== undefined,
    async stop() {
      stopping.abort();
      await running?.reading;
      running?.rest.stop();
    },
  };
}

interface Running extends Required<Pick<Channel, 'send' | 'announce' | 'typing'>> {
  rest: Rest;
  reading?: Promise<void>;
}
