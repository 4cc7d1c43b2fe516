import { type Capabilities, type Channel, plainCapabilities, type Secrets, Undeliverable } from '../../conversation/channel.ts';
import { checkMail } from './check.ts';
import { createRateCap } from './rate.ts';
import { type ReaderTimes, readMailbox, usualTimes } from './reader.ts';
import { createSend } from './send.ts';
import { readSettings } from './settings.ts';
import { createSignIn } from './sign-in.ts';
import { createTake } from './take.ts';
import { createTokens } from './token.ts';
import { nameOfServer, watchSending } from './watch-sending.ts';

const name = 'email';

const capabilities: Capabilities = {
  ...plainCapabilities,
  maxLength: 100_000,
  markup: true,
  // What nearly all mail servers take, base64 counted in.
  attachments: { count: 10, maxBytes: 15 * 1024 * 1024 },
  idempotent: 'window',
  live: false,
};

/** E-mail, while IMAP_URL, SMTP_URL and MAIL_FROM are set. One process among those with its role reads each mailbox; any may send. */
export function createEmailChannel(given: Record<string, unknown>, times: ReaderTimes = usualTimes): Channel | undefined {
  const settings = readSettings(given);
  if (!settings) return undefined;
  const { mailboxes, oauth, roles } = settings;
  const sources = new Set([...mailboxes.map(({ address }) => address), ...mailboxes.map(({ smtpUrl }) => nameOfServer(smtpUrl))]);
  const stop = new AbortController();
  const running: Promise<void>[] = [];
  let sender: ReturnType<typeof createSend> | undefined;

  return {
    name,
    label: 'E-mail',
    capabilities,
    departments: { setting: 'IMAP_URL', ids: mailboxes.flatMap(({ department }) => department ?? []) },
    sources: [...sources].map((source) => ({ name: source, silentMs: times.alarmMs })),
    async start(host) {
      const tokens = createTokens(host.key);
      const signIn = oauth && createSignIn({ oauth, secrets: host.secrets, log: host.log });
      sender = createSend({ host, mailboxes, tokens, signIn });
      if (!roles.includes(name)) return;
      const rate = createRateCap();
      const own = mailboxes.map(({ address }) => address);
      for (const mailbox of mailboxes) {
        const take = createTake({ host, rate, about: { mailbox, own, tokens } });
        const { address, smtpUrl } = mailbox;
        // Whoever reads the first mailbox of a server looks at that server too.
        const watches = mailboxes.find((each) => nameOfServer(each.smtpUrl) === nameOfServer(smtpUrl)) === mailbox;
        const read = async (signal: AbortSignal) => {
          const watch = watches ? watchSending({ host, smtpUrl, signIn, times }, signal) : undefined;
          await readMailbox({ host, mailbox, take, signIn, times }, signal);
          await watch;
        };
        running.push(host.lease(`mailbox:${address}`, stop.signal, read));
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
    check: (secrets = forgetful()) => checkMail(mailboxes, oauth && createSignIn({ oauth, secrets })),
  };
}

/** Where nothing is kept. */
function forgetful(): Secrets {
  return { get: async () => undefined, set: async () => undefined, remove: async () => undefined };
}
