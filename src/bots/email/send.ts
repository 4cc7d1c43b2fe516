import {
  type Channel,
  type Host,
  type Position,
  type Reading,
  type RetryLater,
  type Sending,
  Undeliverable,
} from '../../conversation/channel.ts';
import type { Reply } from '../../conversation/message.ts';
import { type Place, readAddress } from './address.ts';
import { type Composed, compose } from './compose.ts';
import { sendingFailure } from './failure.ts';
import { type MailAttachment, openFiles } from './files.ts';
import type { Mailbox } from './settings.ts';
import type { SignIn } from './sign-in.ts';
import { needsToken, openSmtp, type Smtp } from './smtp.ts';
import type { Tokens } from './token.ts';

/** Sends replies by SMTP, each mailbox by its own server. `signIn`: for addresses without a password. */
export function createSend(parts: { host: Host; mailboxes: Mailbox[]; tokens: Tokens; signIn?: SignIn }): {
  send: Channel['send'];
  tell: NonNullable<Channel['tell']>;
  mail: NonNullable<Channel['mail']>;
  close(): void;
} {
  const { host, mailboxes, tokens, signIn } = parts;
  const servers = new Map<string, Smtp>();

  return {
    async send(address, reply, sending) {
      const place = readAddress(address);
      const mailbox = mailboxes.find((each) => each.address === place.mailbox);
      if (!mailbox) throw new Undeliverable('mailbox-gone', 'the mailbox is not among the settings any more');
      const mail = await answerMail({ host, tokens, place, mailbox }, address, reply, sending);
      const attachments = reply.type === 'attachment' ? await openFiles(host, reply.attachments) : [];
      try {
        await post(mailbox, { ...mail, attachments });
      } catch (error) {
        const failure = failureOf(error, mailbox, sending.attempt);
        if (failure instanceof Undeliverable && failure.code === 'address-unknown')
          await host.receive({ event: 'unreachable', address, code: failure.code });
        throw failure;
      }
      return { externalId: mail.messageId };
    },
    async tell(recipient, { subject, text }, sending) {
      const { mailbox, mail } = ownMail(recipient, 'staff', subject, text, sending);
      await post(mailbox, { ...mail, subject }).catch((error) => {
        throw failureOf(error, mailbox, sending.attempt);
      });
    },
    async mail(recipient, { subject, text }, sending) {
      const { mailbox, mail } = ownMail(recipient, 'mail', subject, '', sending);
      // As it is, and nothing else: what other people wrote may be in it.
      const { html: _, ...plain } = mail;
      await post(mailbox, { ...plain, subject, text }).catch((error) => {
        throw failureOf(error, mailbox, sending.attempt);
      });
    },
    close() {
      for (const server of servers.values()) server.close();
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
    await serverOf(mailbox).send({ ...mail, disableFileAccess: true, disableUrlAccess: true });
  }

  function serverOf({ smtpUrl }: Mailbox): Smtp {
    let server = servers.get(smtpUrl);
    if (!server) {
      server = openSmtp(smtpUrl, signIn);
      servers.set(smtpUrl, server);
    }
    return server;
  }

  function failureOf(error: unknown, { smtpUrl }: Mailbox, attempt: number): RetryLater | Undeliverable {
    return sendingFailure(error, attempt, host.log, signIn !== undefined && needsToken(smtpUrl));
  }
}

/** A reply as a mail of its conversation, with what was said before. */
async function answerMail(
  { host, tokens, place, mailbox }: { host: Host; tokens: Tokens; place: Place; mailbox: Mailbox },
  address: string,
  { text }: Reply,
  sending: Sending,
): Promise<Composed> {
  const { messages, state } = await readAll(host, address);
  const { language, owner, ticket } = state;
  return compose({
    place,
    mailbox,
    tokens,
    ...sending,
    text,
    language,
    footer: sending.author !== 'agent' && owner === 'bot' ? host.words(language, 'email:footer') : undefined,
    ticket: ticket?.number,
    noSubject: host.words(language, 'email:no_subject'),
    history: messages,
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
