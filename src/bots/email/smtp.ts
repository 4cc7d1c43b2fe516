import { createTransport, type SendMailOptions } from 'nodemailer';
import { isRefused } from './refused.ts';
import { isLoopback } from './settings.ts';
import type { SignIn } from './sign-in.ts';

/** Connections to one SMTP server. */
export interface Smtp {
  send(mail: SendMailOptions): Promise<void>;
  /** Signs in and sends nothing. Rejects as `send` does. */
  verify(): Promise<void>;
  close(): void;
}

/**
 * A few connections that stay open, with a deadline on every step. Options of nodemailer may stand in the address: `?tls.rejectUnauthorized=false`.
 * `signIn`: for an address that has a name and no password.
 */
export function openSmtp(address: string, signIn?: SignIn): Smtp {
  const tokens = needsToken(address) ? signIn : undefined;
  const transport = openTransport(address, tokens);
  return {
    send: (mail) => signedIn(async () => void (await transport.sendMail(mail))),
    verify: () => signedIn(async () => void (await transport.verify())),
    close: () => transport.close(),
  };

  /** Once more with another token where the server did not take the first: it may have been withdrawn before its time. */
  async function signedIn(work: () => Promise<void>): Promise<void> {
    if (!tokens) return work();
    const { value } = await tokens.token();
    try {
      await work();
    } catch (error) {
      if (!isRefused(error) || (await tokens.token(value)).value === value) throw error;
      await work();
    }
  }
}

/** Whether a name stands in the address and no password. */
export function needsToken(address: string): boolean {
  const { username, password } = new URL(address);
  return username !== '' && password === '';
}

function openTransport(address: string, tokens: SignIn | undefined) {
  const url = new URL(address);
  const user = decodeURIComponent(url.username);
  const loopback = isLoopback(url.hostname);
  if (tokens) url.username = '';
  return createTransport({
    url: tokens ? url.href : address,
    // A token is never sent where others could read it.
    ...(tokens ? { auth: { type: 'OAuth2', user, provisionCallback: provide(tokens) }, requireTLS: !loopback } : {}),
    pool: true,
    maxConnections: 4,
    maxMessages: 200,
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    socketTimeout: 45_000,
    dnsTimeout: 10_000,
    ...(loopback ? { tls: { rejectUnauthorized: false } } : {}),
  });
}

function provide(tokens: SignIn) {
  let last: string | undefined;
  return (_user: string, renew: boolean, done: (error: Error | null, token?: string, until?: number) => void) => {
    tokens.token(renew ? last : undefined).then(
      ({ value, until }) => {
        last = value;
        done(null, value, until);
      },
      (error: Error) => done(error),
    );
  };
}
