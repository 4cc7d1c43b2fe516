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
import type { Acts } from '../handoff/acts.ts';
import type { Desk } from '../handoff/desk.ts';
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
import { createHttp } from './http.ts';
import { pageRoutes } from './pages.ts';
import { surveyRoutes } from './survey/routes.ts';
import { uploadRoutes } from './upload/routes.ts';

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

/** Everything that is served over HTTP, listening on HOST and PORT. */
export async function createServer({
  config,
  log,
  db,
  words,
  channels,
  known,
  desk,
  acts,
  broadcast,
  webhooks,
  uploads,
  files,
  surveys,
  preview,
  links,
  receive,
}: Parts): Promise<Server> {
  let ready = false;
  let url = config.PUBLIC_URL ?? '';
  const http = await createHttp({ trustProxy: config.TRUST_PROXY, log });
  await docsRoutes(http);
  healthRoutes(http, { db, ready: () => ready, metricsToken: config.METRICS_TOKEN });
  const dist = path.join(import.meta.dirname, '../../dist');
  const mostAsked = createMostAsked({ db, log });
  const [mail, elsewhere] = [channels.some((each) => each.mail), channels.some((each) => each.linkTo)];
  chatConfigRoute(http, { db, log, words, known, mail, elsewhere, uploads });
  helpRoutes(http, { words, known, mostAsked });
  ratingRoute(http, { db, known });
  helpPages(http, { words, known, mostAsked, origin: () => url, dist });
  await pictureRoutes(http, config.KNOWLEDGE_DIR, known);
  signInRoutes(http, { db, known });
  meRoutes(http, { db, known });
  ticketRoutes(http, { db, desk, known });
  actRoutes(http, { db, acts, known });
  lookupRoutes(http, { db, acts, known });
  superviseRoutes(http, { db, desk, words, known, webhooks, knowledgeDir: config.KNOWLEDGE_DIR, publicUrl: () => url });
  composerRoutes(http, { db, words, known, channels, uploads });
  fileRoutes(http, { db, files, preview });
  uploadRoutes(http, { words, log, known, files, links, receive, dist });
  cannedRoutes(http, { db });
  listRoutes(http, { db, known, channels: channels.map(({ name }) => name) });
  announceRoutes(http, { db, channels, known });
  noticeRoutes(http, { db, known });
  bannerRoutes(http, { db, known });
  surveyRoutes(http, { db, words, links: surveys, known, origin: () => url, template: readFrame(dist) });
  for (const channel of channels) await channel.routes?.(http);
  const typing = async (name: string, address: string) => channels.find((channel) => channel.name === name)?.typing?.(address);
  const live = attachLive(http.server, { db, log, broadcast, typing });
  // Before the listener closes: it would wait for open sockets.
  http.addHook('preClose', live.close);
  await pageRoutes(http, dist);
  await http.listen({ host: config.HOST, port: config.PORT }).catch((error: NodeJS.ErrnoException) => {
    const why =
      {
        EADDRINUSE: 'is in use by another program',
        EACCES: 'may not be used by this account',
        EADDRNOTAVAIL: 'is not an address of this machine',
      }[error.code ?? ''] ?? error.message;
    throw new Fault(
      'port.in-use',
      `${config.HOST}:${config.PORT} ${why}.`,
      'Stop the other program, or set PORT (and HOST) to something else.',
    );
  });
  ready = true;
  const bound = http.server.address();
  const port = typeof bound === 'object' && bound ? bound.port : config.PORT;
  const host = config.HOST.includes(':') ? `[${config.HOST}]` : config.HOST === '0.0.0.0' ? 'localhost' : config.HOST;
  url = config.PUBLIC_URL ?? `http://${host}:${port}`;
  return {
    url,
    async close() {
      ready = false;
      // A page that comes back at once, again and again, would keep the listener open.
      http.server.prependListener('upgrade', (_, socket) => socket.destroy());
      await http.close();
    },
  };
}
