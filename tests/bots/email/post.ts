import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import type { Dovecot } from './dovecot.ts';

/** A mail that Destek sent, as it came over the wire. */
export interface Sent {
  from: string;
  to: string;
  raw: string;
  mail: Email;
  header(name: string): string | undefined;
}

/** A real SMTP server: what is for one of our mailboxes it puts into Dovecot, all else it keeps for the test to read. */
export interface Post {
  url: string;
  sent: Sent[];
  /** Mails to an address. */
  to(address: string): Sent[];
  /** Asked for every receiver: an answer here refuses it. */
  refuse(given: ((to: string) => { code: number; text: string } | undefined) | undefined): void;
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** `takes`: only who shows a token that it takes may send. */
export async function startPost(
  dovecot: Pick<Dovecot, 'deliver'>,
  mailboxes: string[],
  takes?: (user: string, token: string) => boolean,
): Promise<Post> {
  const sent: Sent[] = [];
  let refusal: Parameters<Post['refuse']>[0];
  let port = 0;
  let server: SMTPServer | undefined;

  const open = async () => {
    server = new SMTPServer({
      authOptional: takes === undefined,
      disabledCommands: takes ? ['STARTTLS'] : ['STARTTLS', 'AUTH'],
      allowInsecureAuth: true,
      authMethods: ['XOAUTH2'],
      onAuth({ username = '', accessToken = '' }, _session, done) {
        if (takes?.(username, accessToken)) done(null, { user: username });
        // As Microsoft's says it, at once; Google's asks once more.
        else done(Object.assign(new Error('5.7.3 Authentication unsuccessful'), { responseCode: 535 }));
      },
      logger: false,
      closeTimeout: 100,
      onRcptTo({ address }, _session, done) {
        const refused = refusal?.(address);
        done(refused && Object.assign(new Error(refused.text), { responseCode: refused.code }));
      },
      onData(stream, { envelope }, done) {
        buffer(stream)
          .then(async (raw) => {
            for (const { address } of envelope.rcptTo) await arrive(envelope.mailFrom ? envelope.mailFrom.address : '', address, raw);
          })
          .then(() => done(), done);
      },
    });
    server.on('error', () => undefined);
    await new Promise<void>((resolve) => server?.listen(port, '127.0.0.1', () => resolve()));
    port = (server.server.address() as AddressInfo).port;
  };

  async function arrive(from: string, to: string, raw: Buffer): Promise<void> {
    if (mailboxes.includes(to)) return dovecot.deliver(to, Buffer.concat([Buffer.from(`Return-Path: <${from}>\r\n`), raw]));
    const mail = await PostalMime.parse(raw);
    sent.push({ from, to, raw: raw.toString(), mail, header: (name) => mail.headers.find(({ key }) => key === name.toLowerCase())?.value });
  }

  await open();
  return {
    url: `smtp://127.0.0.1:${port}`,
    sent,
    to: (address) => sent.filter((each) => each.to === address),
    refuse: (given) => {
      refusal = given;
    },
    start: open,
    stop: () => new Promise((resolve) => (server ? server.close(() => resolve()) : resolve())),
  };
}
