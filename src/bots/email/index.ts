import { type Capabilities, type Channel, plainCapabilities, Undeliverable } from '../../conversation/channel.ts';
import { connectInbox } from './inbox.ts';
import { createRateCap } from './rate.ts';
import { type ReaderTimes, readMailbox, usualTimes } from './reader.ts';
import { createSend, openTransport } from './send.ts';
import { readSettings } from './settings.ts';
import { createTake } from './take.ts';
import { createTokens } from './token.ts';

const name = 'email';

const capabilities: Capabilities = {
  ...plainCapabilities,
  maxLength: 100_000,
  markup: true,
  // What nearly all mail servers take, base64 counted in.
  attachments: { count: 10, maxBytes: 15 * 1024 * 1024 },
  idempotent: 'window',
  live: false,
  joinsReplies: true,
};

/** E-mail, while IMAP_URL, SMTP_URL and MAIL_FROM are set. One process among those with its role reads each mailbox; any may send. */
export function createEmailChannel(given: Record<string, unknown>, times: ReaderTimes = usualTimes): Channel | undefined {
  const settings = readSettings(given);
  if (!settings) return undefined;
  const { mailboxes, roles } = settings;
  const stop = new AbortController();
  const running: Promise<void>[] = [];
  let sender: ReturnType<typeof createSend> | undefined;

  return {
    name,
    label: 'E-mail',
    capabilities,
    async start(host) {
      const tokens = createTokens(host.key);
      sender = createSend({ host, mailboxes, tokens });
      if (!roles.includes(name)) return;
      const rate = createRateCap();
      const own = mailboxes.map(({ address }) => address);
      for (const mailbox of mailboxes) {
        const take = createTake({ host, rate, about: { mailbox, own, tokens } });
        running.push(
          host.lease(`mailbox:${mailbox.address}`, stop.signal, (signal) => readMailbox({ host, mailbox, take, times }, signal)),
        );
      }
    },
    async send(address, reply, sending) {
      if (!sender) throw new Error(`${name}: start comes before send`);
      return sender.send(address, reply, sending);
    },
    async tell(place, said, sending) {
      if (!sender) throw new Error(`${name}: start comes before tell`);
      if (!/^[^\s@]+@[^\s@]+$/.test(place)) throw new Undeliverable('bad-address', 'a mailbox is named by its address');
      await sender.tell(place, said, sending);
    },
    async mail(to, said, sending) {
      if (!sender) throw new Error(`${name}: start comes before mail`);
      await sender.mail(to, said, sending);
    },
    async stop() {
      stop.abort();
      await Promise.all(running);
      sender?.close();
    },
    async check() {
      const signal = AbortSignal.timeout(30_000);
      for (const mailbox of mailboxes) {
        const inbox = await connectInbox(mailbox, signal, 30_000);
        await inbox.open().finally(inbox.close);
      }
      for (const url of new Set(mailboxes.map(({ smtpUrl }) => smtpUrl))) {
        const transport = openTransport(url);
        await transport.verify().finally(() => transport.close());
      }
      return `reads and writes as ${mailboxes.map(({ address }) => address).join(', ')}`;
    },
  };
}
