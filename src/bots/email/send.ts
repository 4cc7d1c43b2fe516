import { createTransport } from 'nodemailer';
import { type Channel, type Host, type Position, type Reading, type Sending, Undeliverable } from '../../conversation/channel.ts';
import { readAddress } from './address.ts';
import { type Composed, compose } from './compose.ts';
import { sendingFailure } from './failure.ts';
import { type MailAttachment, openFiles } from './files.ts';
import { isLoopback, type Mailbox } from './settings.ts';
import type { Tokens } from './token.ts';

/** Sends replies by SMTP, each mailbox by its own server, over a few connections that stay open. */
export function createSend(parts: { host: Host; mailboxes: Mailbox[]; tokens: Tokens }): {
  send: Channel['send'];
  tell: NonNullable<Channel['tell']>;
  mail: NonNullable<Channel['mail']>;
  close(): void;
} {
  const { host, mailboxes, tokens } = parts;
  const transports = new Map<string, Transport>();

  return {
    async send(address, reply, sending) {
      const place = readAddress(address);
      const mailbox = mailboxes.find((each) => each.address === place.mailbox);
      if (!mailbox) throw new Undeliverable('mailbox-gone', 'the mailbox is not among the settings any more');
      const { messages, state } = await readAll(host, address);
      const mail = compose({
        place,
        mailbox,
        tokens,
        ...sending,
        text: reply.text,
        language: state.language,
        footer: sending.author !== 'agent' && state.owner === 'bot' ? host.words(state.language, 'email:footer') : undefined,
        ticket: state.ticket?.number,
        noSubject: host.words(state.language, 'email:no_subject'),
        history: messages,
      });
      const attachments = reply.type === 'attachment' ? await openFiles(host, reply.attachments) : [];
      try {
        await post(mailbox, { ...mail, attachments });
      } catch (error) {
        const failure = sendingFailure(error, sending.attempt, host.log);
        if (failure instanceof Undeliverable && failure.code === 'address-unknown')
          await host.receive({ event: 'unreachable', address, code: failure.code });
        throw failure;
      }
      return { externalId: mail.messageId };
    },
    async tell(recipient, { subject, text }, sending) {
      const { mailbox, mail } = ownMail(recipient, 'staff', subject, text, sending);
      await post(mailbox, { ...mail, subject }).catch((error) => {
        throw sendingFailure(error, sending.attempt, host.log);
      });
    },
    async mail(recipient, { subject, text }, sending) {
      const { mailbox, mail } = ownMail(recipient, 'mail', subject, '', sending);
      // As it is, and nothing else: what other people wrote may be in it.
      const { html: _, ...plain } = mail;
      await post(mailbox, { ...plain, subject, text }).catch((error) => {
        throw sendingFailure(error, sending.attempt, host.log);
      });
    },
    close() {
      for (const transport of transports.values()) transport.close();
    },
  };

  /** A mail of ours that belongs to no conversation. */
  function ownMail(sender: string, thread: string, subject: string, text: string, sending: Pick<Sending, 'id' | 'attempt' | 'at'>) {
    const [mailbox] = mailboxes as [Mailbox];
    const place = { mailbox: mailbox.address, sender, thread };
    const about = { author: 'system', language: 'und', noSubject: subject, history: [] } as const;
    return { mailbox, mail: compose({ place, mailbox, tokens, ...sending, ...about, text, history: [] }) };
  }

  async function post(mailbox: Mailbox, mail: Omit<Composed, 'html'> & { attachments?: MailAttachment[] }): Promise<void> {
    await transportOf(mailbox).sendMail({ ...mail, disableFileAccess: true, disableUrlAccess: true });
  }

  function transportOf({ smtpUrl }: Mailbox): Transport {
    let transport = transports.get(smtpUrl);
    if (!transport) {
      transport = openTransport(smtpUrl);
      transports.set(smtpUrl, transport);
    }
    return transport;
  }
}

type Transport = ReturnType<typeof openTransport>;

/** A connection by SMTP with a deadline on every step. Options of nodemailer may stand in the address: `?tls.rejectUnauthorized=false`. */
export function openTransport(url: string) {
  return createTransport({
    url,
    pool: true,
    maxConnections: 4,
    maxMessages: 200,
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    socketTimeout: 45_000,
    dnsTimeout: 10_000,
    ...(isLoopback(new URL(url).hostname) ? { tls: { rejectUnauthorized: false } } : {}),
  });
}

async function readAll(host: Host, address: string): Promise<Pick<Reading, 'messages' | 'state'>> {
  const all: Reading['messages'] = [];
  for (let after: Position | undefined; ; ) {
    const { messages, position, more, state } = await host.read(address, after);
    all.push(...messages);
    after = position;
    if (!more) return { messages: all, state };
  }
}
