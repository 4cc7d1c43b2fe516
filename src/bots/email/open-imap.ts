import { ImapFlow } from 'imapflow';
import { isLoopback, type Mailbox } from './settings.ts';
import type { SignIn } from './sign-in.ts';

/** Waits for what was asked of a server, `ms` at the most; `what` names it in the error. */
export type Ask = <T>(what: string, work: Promise<T>, ms?: number) => Promise<T>;

/**
 * A connection to an IMAP server that is signed in to, by password or else by a token. `ask` bounds each step's time. Rejects with the server's or the network's error.
 */
export async function openImap(imap: Mailbox['imap'], ask: Ask, signIn: SignIn | undefined): Promise<ImapFlow> {
  const { user, pass } = imap;
  if (pass || !signIn) return connect(imap, { user, pass }, ask);
  const { value } = await ask('sign in', signIn.token());
  try {
    return await connect(imap, { user, accessToken: value }, ask);
  } catch (error) {
    if (!(error as { authenticationFailed?: boolean }).authenticationFailed) throw error;
    // It may have been withdrawn before its time.
    const next = await ask('sign in', signIn.token(value));
    if (next.value === value) throw error;
    return connect(imap, { user, accessToken: next.value }, ask);
  }
}

interface Auth {
  user: string;
  pass?: string;
  accessToken?: string;
}

async function connect({ host, port, secure, anyCertificate }: Mailbox['imap'], auth: Auth, ask: Ask): Promise<ImapFlow> {
  const client = new ImapFlow({
    host,
    port,
    secure,
    auth,
    // A token is never sent where others could read it.
    ...(auth.accessToken && !secure && !isLoopback(host) ? { doSTARTTLS: true } : {}),
    tls: { rejectUnauthorized: !anyCertificate },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: 30_000,
    greetingTimeout: 15_000,
    socketTimeout: 300_000,
    maxLiteralSize: 100 * 1024 * 1024,
  });
  // Without a listener an error on the socket would end the process; every call rejects by itself.
  client.on('error', () => undefined);
  try {
    await ask('connect', client.connect());
    return client;
  } catch (error) {
    client.close();
    throw error;
  }
}
