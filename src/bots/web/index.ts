import { type Capabilities, type Channel, type Host, plainCapabilities } from '../../conversation/channel.ts';
import { linksRoute } from './links.ts';
import { attachSocket } from './socket.ts';
import { showTyping, wakeTabs } from './tabs.ts';
import { uploadRoute } from './upload.ts';
import type { ChatServer } from './visit.ts';

const capabilities: Capabilities = {
  ...plainCapabilities,
  maxLength: 20_000,
  choices: 12,
  markup: true,
  idempotent: 'key',
  typing: true,
  attachments: { count: 50, maxBytes: 1_000_000_000 },
};

/** The chat in the browser. The record is its mailbox: sending means waking the open tabs, which read on from their cursor, so nothing doubles. */
export function createWebChannel(settings: Record<string, unknown>): Channel {
  const secret = typeof settings.WIDGET_SECRET === 'string' ? settings.WIDGET_SECRET : undefined;
  let host: Host | undefined;
  let io: ChatServer | undefined;
  let watching: Promise<void> | undefined;
  const stopped = new AbortController();
  return {
    name: 'web',
    label: 'Web chat',
    capabilities,
    async start(given) {
      host = given;
    },
    async routes(server) {
      if (!host) throw new Error('web: start comes before routes');
      await uploadRoute(server, host, secret);
      linksRoute(server, host, secret);
      const attached = attachSocket(server.server, host, secret);
      io = attached;
      // What another process sent, or changed, must reach the tabs that are open here. A message that they have already is no news.
      watching = host.watch(stopped.signal, ({ address, kind, position }) =>
        wakeTabs(attached, address, kind === 'message' ? position : undefined),
      );
      const deaf = host.broadcast.hear(({ typing }) => showTyping(attached, String(typing)));
      // Before the listener closes: it would wait for open sockets. Not attached.close(): it waits for those of others, too.
      server.addHook('preClose', async () => {
        deaf();
        attached.disconnectSockets(true);
        attached.engine.close();
      });
    },
    async send(address) {
      // Already in the record: whoever is not connected reads it when coming back.
      if (io) wakeTabs(io, address);
      return {};
    },
    async typing(address) {
      // The tabs may be at another process.
      host?.broadcast.tell({ typing: address });
    },
    async refresh(address) {
      if (io) wakeTabs(io, address);
    },
    async stop() {
      io = undefined;
      stopped.abort();
      await watching;
    },
  };
}
