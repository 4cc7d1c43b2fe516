import type { Plugin } from 'vite';

/** Leaves the other ways to the server (long polling, WebTransport) out of Socket.IO's client: the desk speaks over a websocket or not at all. */
export function websocketOnly(): Plugin {
  return {
    name: 'destek:websocket-only',
    load: (id) =>
      /engine\.io-client\/build\/esm\/transports\/index\.js$/.test(id)
        ? `import { WS } from './websocket.js';\nexport const transports = { websocket: WS };`
        : undefined,
  };
}
