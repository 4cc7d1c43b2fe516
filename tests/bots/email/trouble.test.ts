import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectInbox } from '../../../src/bots/email/inbox.ts';
import { createEmailChannel } from '../../../src/bots/email/index.ts';
import { type Mailbox, readSettings } from '../../../src/bots/email/settings.ts';
import type { ChannelEvent, Host } from '../../../src/conversation/channel.ts';
import type { SourceState } from '../../../src/conversation/source.ts';
import { Fault } from '../../../src/errors.ts';
import { until } from '../../setup/until.ts';
import { type Dovecot, hasDovecot, startDovecot } from './dovecot.ts';
import { support } from './mail-app.ts';

/** A host in memory that several channels share, as processes share the database. */
function sharedHost() {
  const cursors = new Map<string, unknown>();
  const received: string[] = [];
  const offered: string[] = [];
  const known = new Set<string>();
  const logged: { level: string; said: string }[] = [];
  let held: Promise<unknown> = Promise.resolve();
  let refuse: ((text: string) => Error | undefined) | undefined;
  const log = Object.fromEntries(
    ['debug', 'info', 'warn', 'error'].map((level) => [level, (_: unknown, said: string) => logged.push({ level, said })]),
  ) as unknown as Host['log'];
  const host: Host = {
    async receive(event: ChannelEvent) {
      if (event.event !== 'message') return { repeated: true };
      offered.push(event.message.text);
      const error = refuse?.(event.message.text);
      if (error) throw error;
      const key = `${event.address} ${event.message.id}`;
      if (!known.has(key)) received.push(event.message.text);
      const repeated = known.has(key);
      known.add(key);
      return { repeated };
    },
    cursor: {
      get: async <T>(name: string) => structuredClone(cursors.get(name)) as T | undefined,
      set: async (name, value) => void cursors.set(name, structuredClone(value)),
      list: async () => new Map(),
    },
    secrets: { get: async () => undefined, set: async () => undefined, remove: async () => undefined },
    async lease(_name, stop, work) {
      const before = held;
      const mine = before.then(() => (stop.aborted ? undefined : work(stop)));
      held = mine;
      await mine;
    },
    files: {
      keep: async (files) => files.map(({ name }) => ({ name, type: 'application/octet-stream', size: 0, refused: 'type' })),
      keepOriginal: async () => 'original',
      find: async () => [],
      open: async () => undefined,
      link: (id) => id,
      why: (_, code) => code,
      limits: () => ({ maxBytes: 1, count: 1, accept: '', kinds: '' }),
    },
    links: { make: async () => [], use: async () => 'expired' },
    read: async () => ({ messages: [], position: { conversation: 0, seq: 0 }, state: { owner: 'bot', language: 'en' }, agents: {} }),
    watch: async () => undefined,
    mail: () => undefined,
    broadcast: { tell() {}, hear: () => () => {} },
    words: (_, key) => key,
    log,
    key: (use) => Buffer.from(`key ${use}`),
  };
  return {
    host,
    received,
    /** All that was offered, also what was known already. */
    offered,
    logged,
    cursors,
    refuse(given: typeof refuse) {
      refuse = given;
    },
  };
}

/**
 * A line to the server that can go dead: bytes on it are swallowed, and nobody hangs up. New lines work. `breaksAfter`: each breaks when it
 * has brought so many bytes.
 */
async function openLine(to: number, breaksAfter = Number.POSITIVE_INFINITY) {
  const live = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(to, '127.0.0.1');
    near.pipe(far);
    if (breaksAfter === Number.POSITIVE_INFINITY) far.pipe(near);
    else breakAfter(breaksAfter, far, near);
    for (const socket of [near, far]) {
      live.add(socket);
      socket.on('error', () => undefined);
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    freeze() {
      for (const socket of live) {
        socket.unpipe();
        socket.resume();
      }
    },
    async close() {
      for (const socket of live) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function breakAfter(bytes: number, from: Socket, to: Socket): void {
  let left = bytes;
  from.on('data', (data: Buffer) => {
    if (to.writableEnded) return;
    to.write(data.subarray(0, left));
    left -= data.length;
    if (left <= 0) to.end();
  });
  to.on('close', () => from.destroy());
}

describe.skipIf(!hasDovecot)('a mailbox in trouble', () => {
  let dovecot: Dovecot;
  beforeAll(async () => {
    dovecot = await startDovecot();
  });
  afterAll(() => dovecot.end());

  const box = () => `${randomUUID().slice(0, 8)}@demobet.example`;
  const times = { pollMs: 400, alarmMs: 1_000, mostBackoffMs: 500, commandMs: 10_000 };
  const channelFor = (address: string) => {
    const channel = createEmailChannel(
      { IMAP_URL: dovecot.url(address), SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: `Desk <${support}>`, ROLES: ['email'] },
      times,
    );
    if (!channel) throw new Error('off');
    return channel;
  };
  const mail = (to: string, text: string, as?: { seen: boolean }) =>
    dovecot.deliver(
      to,
      `From: ada@client.example\r\nTo: ${to}\r\nMessage-ID: <${randomUUID()}@client.example>\r\nDate: ${new Date().toUTCString()}\r\n\r\n${text}\r\n`,
      as,
    );

  test('the server is away for a while: what came meanwhile is read, and the silence is told', async () => {
    const address = box();
    const { host, received, logged, cursors } = sharedHost();
    const state = () => cursors.get(`source:${address}`) as SourceState | undefined;
    const channel = channelFor(address);
    await channel.start(host);
    await mail(address, 'before');
    await until(() => received.includes('before'));
    await until(() => state()?.at);
    await dovecot.stop();
    await mail(address, 'meanwhile');
    await until(() => logged.find(({ level, said }) => level === 'error' && /could not be read for a while/.test(said)));
    await until(() => state()?.fault?.code === 'away');
    await dovecot.start();
    await until(() => received.includes('meanwhile'));
    await until(() => !state()?.fault);
    await channel.stop();
    expect(received).toEqual(['before', 'meanwhile']);
  });

  test('a mailbox and a server that do not let us in are told apart from those that are away, since the first look that failed', async () => {
    const address = box();
    const { host, cursors } = sharedHost();
    const settings = { SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: support, ROLES: ['email'] };
    const channel = createEmailChannel({ ...settings, IMAP_URL: dovecot.url(address).replace(':secret@', ':wrong@') }, times);
    const began = Date.now();
    await channel?.start(host);
    const fault = async (name: string) => until(() => (cursors.get(`source:${name}`) as SourceState | undefined)?.fault);
    expect(channel?.sources?.map(({ name }) => name)).toEqual([address, '127.0.0.1:1']);
    const refused = await fault(address);
    expect(refused.code).toBe('refused');
    expect((await fault('127.0.0.1:1')).code).toBe('away');
    await until(() => Date.now() - began > 1_500);
    await channel?.stop();
    expect(await fault(address)).toEqual(refused);
  });

  test('the mailbox is numbered anew: nothing twice, nothing lost', async () => {
    const address = box();
    const { host, received, logged } = sharedHost();
    const channel = channelFor(address);
    await channel.start(host);
    for (const text of ['one', 'two', 'three']) await mail(address, text);
    await until(() => received.length === 3);
    await channel.stop();
    await dovecot.stop();
    await dovecot.renumber(address);
    await dovecot.start();
    await mail(address, 'four');
    const next = channelFor(address);
    await next.start(host);
    await until(() => received.includes('four'));
    await next.stop();
    expect(received.toSorted()).toEqual(['four', 'one', 'three', 'two']);
    expect(logged.some(({ said }) => /numbers its mails anew/.test(said))).toBe(true);
  });

  test('two readers on one mailbox take turns', async () => {
    const address = box();
    const { host, received, offered } = sharedHost();
    const [first, second] = [channelFor(address), channelFor(address)];
    await Promise.all([first.start(host), second.start(host)]);
    for (let n = 0; n < 20; n++) await mail(address, `first ${n}`);
    await until(() => received.length === 20);
    await first.stop();
    for (let n = 0; n < 20; n++) await mail(address, `second ${n}`);
    await until(() => received.length === 40);
    await second.stop();
    expect(new Set(received).size).toBe(40);
    expect(offered).toHaveLength(40);
  });

  test('a line that went dead without a word is given up in time', async () => {
    const address = box();
    const line = await openLine(dovecot.port);
    const { host, received, logged } = sharedHost();
    const url = dovecot.url(address).replace(String(dovecot.port), String(line.port));
    const channel = createEmailChannel(
      { IMAP_URL: url, SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: support, ROLES: ['email'] },
      { ...times, commandMs: 1_500 },
    );
    await channel?.start(host);
    await mail(address, 'before');
    await until(() => received.length === 1);
    line.freeze();
    await mail(address, 'after');
    await until(() => received.length === 2);
    await channel?.stop();
    await line.close();
    expect(logged.some(({ said }) => said === 'mailbox not read')).toBe(true);
  });

  test('a line that breaks before a handful of mails are over brings them one by one', async () => {
    const address = box();
    const texts = Array.from({ length: 6 }, (_, n) => `mail ${n}`);
    // There before the first look, so that they are fetched together.
    for (const text of texts) await mail(address, `${text}\r\n\r\n> ${'quoted '.repeat(2_000)}`);
    const line = await openLine(dovecot.port, 40_000);
    const { host, received, offered } = sharedHost();
    const url = `${dovecot.url(address).replace(String(dovecot.port), String(line.port))}?history=1`;
    const channel = createEmailChannel({ IMAP_URL: url, SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: support, ROLES: ['email'] }, times);
    await channel?.start(host);
    await until(() => received.length === 6);
    await channel?.stop();
    await line.close();
    expect(received.map((text) => text.slice(0, 6)).toSorted()).toEqual(texts);
    expect(offered).toHaveLength(6);
  });

  test('a mail that the server tells of amid a command is news, however long one would wait', async () => {
    const address = box();
    await mail(address, 'one');
    const settings = { IMAP_URL: dovecot.url(address), SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: support, ROLES: ['email'] };
    const [mailbox] = readSettings(settings)?.mailboxes ?? [];
    const connected = () => connectInbox(mailbox as Mailbox, { signal: new AbortController().signal, commandMs: 10_000 });
    const [inbox, other] = [await connected(), await connected()];
    await inbox.open();
    await mail(address, 'two');
    // Whoever looks makes it known to the server, which then tells everybody with the next answer.
    await other.open();
    await inbox.describe([1]);
    await inbox.news(600_000);
    expect((await inbox.open()).next).toBe(3);
    for (const each of [inbox, other]) each.close();
  });

  test('while nothing can be stored the position stands still', async () => {
    const address = box();
    const { host, received, refuse, cursors } = sharedHost();
    const channel = channelFor(address);
    await channel.start(host);
    await mail(address, 'one');
    await until(() => received.length === 1);
    let offered = 0;
    refuse(() => {
      offered++;
      // Longer than a mail is tried that cannot be stored for its own sake.
      return offered < 8 ? new Fault('store.unavailable', 'no bucket') : undefined;
    });
    await mail(address, 'two');
    await until(() => received.length === 2, 20_000);
    await channel.stop();
    expect(offered).toBeGreaterThanOrEqual(8);
    expect([...cursors.keys()].some((name) => name.startsWith('aside:'))).toBe(false);
  });

  test('what can never be stored is kept aside and holds back nobody', async () => {
    const address = box();
    const { host, received, refuse, cursors } = sharedHost();
    refuse((text) => (text === 'bad' ? new Fault('input.invalid', 'no') : text === 'worse' ? new Error('always') : undefined));
    const channel = channelFor(address);
    await channel.start(host);
    for (const text of ['bad', 'worse', 'good']) await mail(address, text);
    await until(() => received.includes('good') && (cursors.get(`aside:${address}`) as unknown[] | undefined)?.length === 2);
    await channel.stop();
    expect(received).toEqual(['good']);
  });

  test('what a person has opened in the mailbox is read all the same', async () => {
    const address = box();
    const { host, received } = sharedHost();
    const channel = channelFor(address);
    await channel.start(host);
    await mail(address, 'before');
    await until(() => received.includes('before'));
    await mail(address, 'opened', { seen: true });
    await mail(address, 'after');
    // In which order they come is the mail server's: it looks into the folders of new and of opened mail one after the other.
    await until(() => received.length >= 3);
    await channel.stop();
    expect(received.toSorted()).toEqual(['after', 'before', 'opened']);
  });

  test('old mail is left alone at the first look, and what somebody answered', async () => {
    const address = box();
    await mail(address, 'new');
    const { host, received } = sharedHost();
    const channel = channelFor(address);
    await channel.start(host);
    await until(() => received.length === 1);
    await channel.stop();
    const none = createEmailChannel(
      { IMAP_URL: `${dovecot.url(address)}?history=0`, SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: support, ROLES: ['email'] },
      times,
    );
    const other = sharedHost();
    await none?.start(other.host);
    // Looked at, and not only tried.
    await until(() => [...other.cursors.keys()].some((name) => name.startsWith('position:')));
    await mail(address, 'newer');
    await until(() => other.received.length === 1);
    await none?.stop();
    expect(other.received).toEqual(['newer']);
  });

  test('the doctor says what is wrong', async () => {
    const channel = createEmailChannel({
      IMAP_URL: 'imap://x:y@127.0.0.1:1',
      SMTP_URL: 'smtp://127.0.0.1:1',
      MAIL_FROM: support,
      ROLES: ['email'],
    });
    await expect(channel?.check?.()).rejects.toThrow();
  });
});
