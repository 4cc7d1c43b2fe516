import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { channels as makers } from './bots/index.ts';
import type { Config } from './config.ts';
import { type Channel, Undeliverable } from './conversation/channel.ts';
import type { Attachment } from './conversation/message.ts';
import { startAnnouncements } from './delivery/announcements.ts';
import { createAtOnce } from './delivery/at-once.ts';
import { runClock } from './delivery/clock.ts';
import { createContactLinks } from './delivery/contact-link.ts';
import { keepChecked } from './delivery/health.ts';
import { createHost, type HostParts } from './delivery/host.ts';
import { createInbox } from './delivery/inbox.ts';
import { checkInvariants } from './delivery/invariants.ts';
import { createOutbox, type Send } from './delivery/outbox.ts';
import { openQueues } from './delivery/queues.ts';
import { createReceipts } from './delivery/receipts.ts';
import { sweep } from './delivery/sweep.ts';
import { createTurns } from './delivery/turns.ts';
import { runWebhooks } from './delivery/webhooks/run.ts';
import { createWebhooks } from './delivery/webhooks/webhooks.ts';
import { createFarewell } from './dialogue/farewell.ts';
import { createKnown } from './dialogue/known.ts';
import { createQuietTime } from './dialogue/quiet.ts';
import { createWaitingWords } from './dialogue/say-waiting.ts';
import { createDialogue } from './dialogue/turn.ts';
import { createFiles } from './files/files.ts';
import { forgetFiles } from './files/forget.ts';
import { createPreviews } from './files/preview.ts';
import { receiptOf } from './files/receipt.ts';
import { rescanFiles } from './files/rescan.ts';
import { createUploadLinks } from './files/upload-link.ts';
import { createActs } from './handoff/acts.ts';
import { needsSupervisor } from './handoff/agent.ts';
import { createDeadlinesOf } from './handoff/deadlines-of.ts';
import { createDesk } from './handoff/desk.ts';
import { handoffInvariants } from './handoff/invariants.ts';
import { invite } from './handoff/invitation.ts';
import { createLine } from './handoff/line.ts';
import { createNoticesFor } from './handoff/notice.ts';
import { withTicket } from './handoff/reading.ts';
import { repairLine } from './handoff/repair-line.ts';
import type { StaffPost } from './handoff/staff-post.ts';
import { createSurveyLinks } from './handoff/survey-link.ts';
import { createTimely } from './handoff/timely.ts';
import { writingOn } from './handoff/typing.ts';
import { createKnowledgeSource } from './kb/watch.ts';
import type { Log } from './log.ts';
import { deriveKey } from './privacy/seal.ts';
import { readSecretKey } from './privacy/secret-key.ts';
import { createVault } from './privacy/vault.ts';
import { createServer, type Server } from './server/server.ts';
import { openBroadcast } from './store/broadcast.ts';
import { openBytesPlace } from './store/bytes-place.ts';
import { openStore } from './store/connection.ts';
import { makeDataDir } from './store/data-dir.ts';
import { startEmbedded } from './store/embedded.ts';
import { readInstallation } from './store/installation.ts';
import { migrate } from './store/migrate.ts';
import { loadWords } from './words.ts';

/** A running Destek. */
export interface App {
  /** Where people reach it; undefined without the role http. */
  url?: string;
  channels: { label: string; setting: string; on: boolean }[];
  /** A link that signs the first supervisor in, only while there is none. */
  firstRunLink?: string;
  /** Stops in order, telling `waiting` what it waits for. */
  stop(waiting?: (what: string) => void): Promise<void>;
}

/** Puts the parts together and starts those that this process's ROLES name. */
export async function startApp(config: Config, log: Log): Promise<App> {
  const undo: [string, () => unknown][] = [];
  const later = <T>(what: string, part: T, end: (part: T) => unknown): T => {
    undo.push([what, () => end(part)]);
    return part;
  };
  const stop = async (waiting: (what: string) => void = () => {}) => {
    for (const [what, end] of undo.splice(0).reverse()) {
      waiting(what);
      await Promise.resolve(end()).catch?.((error: Error) => log.warn({ err: error.message }, `${what} did not stop cleanly`));
    }
  };
  try {
    const has = (role: Config['ROLES'][number]) => config.ROLES.includes(role);
    await makeDataDir(config.DATA_DIR);
    const embedded = config.DATABASE_URL
      ? undefined
      : later('the database', await startEmbedded({ dataDir: config.DATA_DIR, log }), (db) => db.stop());
    const store = later('database connections', openStore(config.DATABASE_URL ?? (embedded?.url as string), log), (open) => open.close());
    await migrate(store);
    const { db } = store;
    const broadcast = later('broadcasts', openBroadcast(store, log), (open) => open.close());
    const secret = await readSecretKey(config.SECRET_KEY, config.DATA_DIR, log);
    const words = loadWords();
    const source = later('knowledge', await createKnowledgeSource(config.KNOWLEDGE_DIR, log), (each) => each.stop());
    const known = later('search', await createKnown(source, { cacheDir: path.join(config.DATA_DIR, 'cache'), log }), (each) => each.stop());
    const senders = new Map<string, Send>();
    const atOnce = later('replies under way', createAtOnce({ senders, log, wake: (...wakeUp) => queues.wake(...wakeUp) }), (each) =>
      each.settled(),
    );
    const queues = later(
      'work under way',
      await openQueues({ databaseUrl: store.url, redisUrl: config.REDIS_URL, log, installation: await readInstallation(db) }),
      (open) => open.close(),
    );
    const line = createLine(queues);
    const quiet = createQuietTime(known.current);
    const vault = createVault(secret);
    const place = openBytesPlace(config);
    const clamdUrl = config.CLAMD_URL;
    const files = createFiles({ db, place, secret, log, words, clamdUrl, rules: () => known.current().knowledge.desk.attachments });

    const channels = makers.flatMap(({ make }) => make(config) ?? []);
    const isPublic = (name: string, address: string) => channels.find((channel) => channel.name === name)?.isPublic?.(address) ?? false;
    const receipt = (attachments: Attachment[], language = known.current().knowledge.desk.defaultLanguage) =>
      receiptOf(attachments, language, { words, files });
    const receipts = createReceipts({ db, queues, isPublic, say: receipt });
    const receive = createInbox({ db, queues, log, vault, quiet: quiet.afterMessageMs, receipts });
    let url = config.PUBLIC_URL ?? `http://${config.HOST}:${config.PORT}`;
    const links = createUploadLinks({ db, secret, origin: () => url });
    const holder = randomUUID();
    const hostParts: HostParts = {
      db,
      receive,
      words,
      log,
      holder,
      files,
      links: createContactLinks({ db, vault, log, channels: () => channels }),
      key: (use) => deriveKey(secret, use),
      defaultLanguage: () => known.current().knowledge.desk.defaultLanguage,
      broadcast,
      mail: () => {
        const post = channels.find((each) => each.mail)?.mail;
        return post && ((to, said) => post(to, said, { id: randomUUID(), attempt: 1, at: new Date() }));
      },
      async typing(channel, address) {
        const where = await writingOn(db, channel, address);
        if (where) broadcast.tell('writing', where);
      },
      enrich: withTicket(db),
    };
    for (const channel of channels)
      if (runsHere(channel, has))
        later(channel.label, await channel.start(createHost(channel.name, hostParts)).then(() => channel), (each) => each.stop());

    const can = (name: string) => channels.find((channel) => channel.name === name)?.capabilities;
    const live = (name: string) => can(name)?.live ?? false;
    const joins = (name: string) => can(name)?.joinsReplies ?? false;
    if (has('deliveries')) for (const channel of channels) senders.set(channel.name, createOutbox({ db, channel, log }));
    for (const [name, send] of senders) queues.work(`deliveries-${name}`, send, 16);
    if (has('deliveries')) later('announcements', startAnnouncements({ db, holder, channels, log }), (each) => each.stop());
    const allowPrivate = config.WEBHOOK_PRIVATE;
    const webhooks = createWebhooks({ db, secret, allowPrivate });
    if (has('deliveries')) later('webhooks', runWebhooks({ db, webhooks, allowPrivate, log, holder }), (end) => end());
    if (has('turns'))
      queues.work(
        'turns',
        createTurns({
          db,
          queues,
          quiet,
          log,
          joins,
          atOnce,
          onTurn: createDialogue({
            db,
            line,
            words,
            known: known.current,
            live,
            isPublic,
            notices: createNoticesFor(db, log),
            links,
            receipt,
          }),
        }),
      );
    const timely = createTimely({
      db,
      queues,
      line,
      log,
      words,
      live,
      knowledge: () => known.current().knowledge,
      waiting: createWaitingWords(words, () => known.current().knowledge),
      post: postBy(channels),
      publicUrl: () => url,
    });
    if (has('turns')) queues.work('deadlines', timely.looks.deadlines);
    if (has('deliveries')) queues.work('notices', timely.looks.notices);
    const surveys = createSurveyLinks({ secret, origin: () => url });
    const refresh = async (name: string, address: string) => channels.find((channel) => channel.name === name)?.refresh?.(address);
    const desk = createDesk({ db, queues, line, refresh, farewell: createFarewell(words, surveys.url), joins });
    const deadlinesOf = createDeadlinesOf(() => known.current().knowledge, live);
    const acts = createActs({ db, queues, line, vault, deadlinesOf, refresh });
    if (has('clock')) {
      const clock = new AbortController();
      const chores = [
        {
          name: 'files',
          everyMs: 60_000,
          run: () => forgetFiles({ db, place, ...known.current().knowledge.desk.retention }),
        },
        ...(clamdUrl ? [{ name: 'scan', everyMs: 60_000, run: () => rescanFiles({ db, place, secret, clamdUrl, log }) }] : []),
        { name: 'sweep', everyMs: 3_000, run: () => sweep({ db, queues, log }) },
        ...timely.chores,
        { name: 'presence', everyMs: 5_000, run: desk.returnOfGone },
        { name: 'acts', everyMs: 2_000, run: acts.lookAtClock },
        {
          name: 'line',
          everyMs: 10_000,
          run: () =>
            repairLine(
              db,
              line,
              known.current().knowledge.departments.map(({ id }) => id),
              log,
            ),
        },
        {
          name: 'invariants',
          everyMs: 60_000,
          run: async () =>
            keepChecked(
              db,
              queues,
              ['turns', ...channels.map(({ name }) => `deliveries-${name}`)],
              await checkInvariants(db, log, handoffInvariants),
            ),
        },
      ];
      const running = runClock(db, holder, chores, clock.signal, log);
      later('the clock', clock, async (each) => {
        each.abort();
        await running;
      });
    }
    const server: Server | undefined = has('http')
      ? later(
          'open connections',
          await createServer({
            config,
            log,
            db,
            words,
            channels,
            known: known.current,
            desk,
            acts,
            broadcast,
            webhooks,
            uploads: files.limits,
            files,
            surveys,
            preview: createPreviews({ db, place, secret, log }),
            links,
            receive,
          }),
          (open) => open.close(),
        )
      : undefined;
    if (server) url = server.url;
    const firstRunLink =
      server && (await needsSupervisor(db)) ? `${server.url}/desk/welcome#token=${await invite(db, undefined, 1)}` : undefined;
    return {
      url: server?.url,
      firstRunLink,
      stop,
      channels: makers.map(({ name, label, setting }) => ({ label, setting, on: channels.some((channel) => channel.name === name) })),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Words to staff go through the channels that are on. */
function postBy(channels: Channel[]): StaffPost {
  return async ({ channel, recipient }, said, sending) => {
    const port = channels.find(({ name }) => name === channel);
    if (!port?.tell)
      throw new Undeliverable('channel-off', `${channel} is not on, or cannot tell anybody anything outside of a conversation`);
    await port.tell(recipient, said, sending);
  };
}

/** Sending needs a started channel too, so a channel runs with its own role, with deliveries, and the web with http. */
function runsHere(channel: Channel, has: (role: Config['ROLES'][number]) => boolean): boolean {
  return has('deliveries') || has('http') || has(channel.name as Config['ROLES'][number]);
}
