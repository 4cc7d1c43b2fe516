import type { Socket } from 'node:net';
import path from 'node:path';
import type { Config } from '../config.ts';
import type { Channel, FileLimits } from '../conversation/channel.ts';
import type { Receive } from '../delivery/inbox.ts';
import type { Webhooks } from '../delivery/webhooks/webhooks.ts';
import type { Known } from '../dialogue/understand.ts';
import { Fault } from '../errors.ts';
import type { Files } from '../files/files.ts';
import type { createPreviews } from '../files/preview.ts';
import type { UploadLinks } from '../files/upload-link.ts';
import type { Acts } from '../handoff/acts/acts.ts';
import type { Desk } from '../handoff/acts/desk.ts';
import type { SurveyLinks } from '../handoff/survey-link.ts';
import type { Log } from '../log.ts';
import type { Broadcast } from '../store/broadcast.ts';
import type { Db } from '../store/connection.ts';
import type { Words } from '../words.ts';
import { bannerRoutes } from './banner.ts';
import { chatConfigRoute } from './chat-config.ts';
import { actRoutes } from './desk/act-routes.ts';
import { announceRoutes } from './desk/announce-routes.ts';
import { cannedRoutes } from './desk/canned-routes.ts';
import { composerRoutes } from './desk/composer-routes.ts';
import { listRoutes } from './desk/list-routes.ts';
import { attachLive } from './desk/live.ts';
import { lookupRoutes } from './desk/lookup-routes.ts';
import { meRoutes } from './desk/me-routes.ts';
import { noticeRoutes } from './desk/notice-routes.ts';
import { signInRoutes } from './desk/sign-in-routes.ts';
import { superviseRoutes } from './desk/supervise-routes.ts';
import { ticketRoutes } from './desk/ticket-routes.ts';
import { docsRoutes } from './docs.ts';
import { fileRoutes } from './files/routes.ts';
import { healthRoutes } from './health.ts';
import { createMostAsked } from './help/most-asked.ts';
import { helpPages } from './help/pages.ts';
import { pictureRoutes } from './help/pictures.ts';
import { ratingRoute } from './help/rating.ts';
import { readFrame } from './help/read-frame.ts';
import { helpRoutes } from './help.ts';
import { createHttp, type Http } from './http.ts';
import { pageRoutes } from './pages.ts';
import { surveyRoutes } from './survey/routes.ts';
import { uploadRoutes } from './upload/routes.ts';

const dist = path.join(import.meta.dirname, '../../dist');

/** A listening HTTP server. */
export interface Server {
  url: string;
  close(): Promise<void>;
}

interface Parts {
  config: Config;
  log: Log;
  db: Db;
  words: Words;
  channels: Channel[];
  known(): Known;
  desk: Desk;
  acts: Acts;
  broadcast: Broadcast;
  webhooks: Webhooks;
  /** What visitors may attach. */
  uploads(): FileLimits;
  files: Files;
  surveys: SurveyLinks;
  preview: ReturnType<typeof createPreviews>;
  links: UploadLinks;
  receive: Receive;
}

// A stop waits so long for answers under way; what stands below the server has to stop too.
const underWayMs = 5_000;

/** Everything that is served over HTTP, listening on HOST and PORT. */
export async function createServer(parts: Parts): Promise<Server> {
  const { config, log, db } = parts;
  let ready = false;
  let url = config.PUBLIC_URL ?? '';
  const http = await createHttp({ trustProxy: config.TRUST_PROXY, log });
  await docsRoutes(http);
  healthRoutes(http, { db, ready: () => ready, metricsToken: config.METRICS_TOKEN });
  await contactRoutes(http, parts, () => url);
  deskRoutes(http, parts, () => url);
  await pageRoutes(http, dist);
  const endUnused = watchUnused(http.server);
  await listen(http, config);
  ready = true;
  url = config.PUBLIC_URL ?? addressOf(http, config);
  return {
    url,
    async close() {
      ready = false;
      // A page that comes back at once, again and again, would keep the listener open.
      http.server.prependListener('upgrade', (_, socket) => socket.destroy());
      endUnused();
      const late = setTimeout(() => http.server.closeAllConnections(), underWayMs);
      await http.close();
      clearTimeout(late);
    },
  };
}

/** Returns what ends the connections that have said nothing yet (a browser opens some to be quick): Node waits a minute for their first word. */
function watchUnused(server: Http['server']): () => void {
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  return () => {
    for (const socket of open) if (socket.bytesRead === 0) socket.destroy();
  };
}

/** What contacts use: chat, help, survey, uploads, and what channels serve themselves. */
async function contactRoutes(http: Http, parts: Parts, origin: () => string): Promise<void> {
  const { config, log, db, words, channels, known, uploads, files, links, receive, surveys } = parts;
  const mostAsked = createMostAsked({ db, log });
  const [mail, elsewhere] = [channels.some((each) => each.mail), channels.some((each) => each.linkTo)];
  chatConfigRoute(http, { db, log, words, known, mail, elsewhere, uploads });
  helpRoutes(http, { words, known, mostAsked });
  ratingRoute(http, { db, known });
  helpPages(http, { words, known, mostAsked, origin, dist });
  await pictureRoutes(http, config.KNOWLEDGE_DIR, known);
  uploadRoutes(http, { words, log, known, files, links, receive, dist });
  bannerRoutes(http, { db, known });
  surveyRoutes(http, { db, words, links: surveys, known, origin, template: readFrame(dist) });
  for (const channel of channels) await channel.routes?.(http);
}

/** What agents and supervisors use. */
function deskRoutes(http: Http, parts: Parts, publicUrl: () => string): void {
  const { config, log, db, words, channels, known, desk, acts, broadcast, webhooks, uploads, files, preview } = parts;
  signInRoutes(http, { db, known });
  meRoutes(http, { db, known });
  ticketRoutes(http, { db, desk, known });
  actRoutes(http, { db, acts, known });
  lookupRoutes(http, { db, acts, known });
  superviseRoutes(http, { db, desk, words, known, webhooks, knowledgeDir: config.KNOWLEDGE_DIR, publicUrl });
  composerRoutes(http, { db, words, known, channels, uploads });
  fileRoutes(http, { db, files, preview });
  cannedRoutes(http, { db });
  listRoutes(http, { db, known, channels: channels.map(({ name }) => name) });
  announceRoutes(http, { db, channels, known });
  noticeRoutes(http, { db, known });
  const typing = async (name: string, address: string) => channels.find((channel) => channel.name === name)?.typing?.(address);
  const live = attachLive(http.server, { db, log, broadcast, typing });
  // Before the listener closes: it would wait for open sockets.
  http.addHook('preClose', live.close);
}

async function listen(http: Http, { HOST: host, PORT: port }: Config): Promise<void> {
  await http.listen({ host, port }).catch((error: NodeJS.ErrnoException) => {
    const [why, remedy] = {
      EADDRINUSE: ['is in use by another program', 'Stop the other program, or set PORT to something else.'],
      EACCES: ['may not be used by this account', 'Set PORT to 1024 or more, and put a proxy in front (docs/operate.md).'],
      EADDRNOTAVAIL: ['is not an address of this machine', 'Set HOST to one that is: 127.0.0.1 behind a proxy, 0.0.0.0 for all.'],
      ENOTFOUND: ['is no address that this machine knows', 'Set HOST to one that is: 127.0.0.1 behind a proxy, 0.0.0.0 for all.'],
    }[error.code ?? ''] ?? [`cannot be listened on: ${error.message}`, 'Set PORT and HOST to something else.'];
    throw new Fault('port.in-use', `${host}:${port} ${why}.`, remedy);
  });
}

/** Where it is reached on this machine; PORT 0 was given any free one. */
function addressOf(http: Http, config: Config): string {
  const bound = http.server.address();
  const port = typeof bound === 'object' && bound ? bound.port : config.PORT;
  const host = config.HOST.includes(':') ? `[${config.HOST}]` : config.HOST === '0.0.0.0' ? 'localhost' : config.HOST;
  return `http://${host}:${port}`;
}
