import { randomUUID } from 'node:crypto';
import { channels as makers } from '../bots/index.ts';
import type { Capabilities, Channel } from '../conversation/channel.ts';
import { checkDepartments } from '../conversation/check-departments.ts';
import type { Attachment } from '../conversation/message.ts';
import { type AtOnce, createAtOnce } from '../delivery/at-once.ts';
import { createContactLinks } from '../delivery/contact-link.ts';
import { createFileReceipts } from '../delivery/file-receipts.ts';
import { createHost, type HostParts } from '../delivery/host.ts';
import { createInbox, type Receive } from '../delivery/inbox.ts';
import { createLookHere, type LookHere } from '../delivery/look-here.ts';
import { createOutbox, type Send } from '../delivery/outbox.ts';
import { openQueues, type Queues } from '../delivery/queues.ts';
import type { QuietTime } from '../delivery/turns.ts';
import { sayLink } from '../dialogue/documents.ts';
import { createQuietTime } from '../dialogue/quiet.ts';
import { receiptOf } from '../files/receipt.ts';
import { createUploadLinks, type UploadLinks } from '../files/upload-link.ts';
import { writingOn } from '../handoff/agents/typing.ts';
import { withTicket } from '../handoff/with-ticket.ts';
import { deriveKey } from '../privacy/seal.ts';
import { readInstallation } from '../store/installation.ts';
import type { Endings } from './endings.ts';
import type { Ground } from './ground.ts';

/** The channels, and the way of a message in and out. */
export interface Pipes {
  queues: Queues;
  channels: Channel[];
  can(channel: string): Capabilities | undefined;
  live(channel: string): boolean;
  isPublic(channel: string, address: string): boolean;
  /** Has a channel read anew what stands on an address. */
  refresh(channel: string, address: string): Promise<void>;
  receive: Receive;
  quiet: QuietTime;
  links: UploadLinks;
  /** What a contact is told of files that arrived; the usual language where none is given. */
  receipt(attachments: Attachment[], language?: string): string;
  atOnce: AtOnce;
  lookHere: LookHere;
}

/** Opens the queues and starts the channels that run here, and the sending of replies. */
export async function openPipes(ground: Ground, { later }: Endings): Promise<Pipes> {
  const { config, log, db, words, known, files, vault, secret, broadcast, holder, has, url } = ground;
  const senders = new Map<string, Send>();
  const atOnce = later('replies under way', createAtOnce({ senders, log, wake: (...wakeUp) => queues.wake(...wakeUp) }), (each) =>
    each.settled(),
  );
  const queues = later(
    'work under way',
    await openQueues({ databaseUrl: ground.store.url, redisUrl: config.REDIS_URL, log, installation: await readInstallation(db) }),
    (open) => open.close(),
  );
  const lookHere = later('turns under way', createLookHere({ wake: queues.wake, log }), (each) => each.close());
  const channels = makers.flatMap(({ make }) => make(config) ?? []);
  checkDepartments(
    channels,
    known.current().knowledge.departments.map(({ id }) => id),
  );
  const named = (name: string) => channels.find((channel) => channel.name === name);
  const defaultLanguage = () => known.current().knowledge.desk.defaultLanguage;
  const quiet = createQuietTime(known.current);
  const isPublic: Pipes['isPublic'] = (name, address) => named(name)?.isPublic?.(address) ?? false;
  const receipt: Pipes['receipt'] = (attachments, language = defaultLanguage()) => receiptOf(attachments, language, { words, files });
  const links = createUploadLinks({ db, secret, origin: url });
  const wayOut = (conversationId: number, language = defaultLanguage()) => {
    const link = links.plan(conversationId, language, new Date());
    return link && { store: link.store, text: sayLink(link, { words, language, knowledge: known.current().knowledge }) };
  };
  const receipts = createFileReceipts({ db, queues, isPublic, say: receipt, wayOut });
  const receive = createInbox({ db, queues, log, vault, quiet: quiet.afterMessageMs, receipts, lookHere });
  const parts: HostParts = {
    db,
    receive,
    words,
    log,
    holder,
    files,
    links: createContactLinks({ db, vault, log, channels: () => channels }),
    key: (use) => deriveKey(secret, use),
    defaultLanguage,
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
  // Sending needs a started channel too, so a channel runs with its own role, with deliveries, and all with http.
  for (const channel of channels)
    if (has('deliveries') || has('http') || has(channel.name as Parameters<typeof has>[0]))
      later(channel.label, await channel.start(createHost(channel.name, parts)).then(() => channel), (each) => each.stop());
  if (has('deliveries')) for (const channel of channels) senders.set(channel.name, createOutbox({ db, channel, log }));
  for (const [name, send] of senders) queues.work(`deliveries-${name}`, (key) => send(key), 16);
  return {
    queues,
    channels,
    can: (name) => named(name)?.capabilities,
    live: (name) => named(name)?.capabilities.live ?? false,
    isPublic,
    refresh: async (name, address) => named(name)?.refresh?.(address),
    receive,
    quiet,
    links,
    receipt,
    atOnce,
    lookHere,
  };
}
