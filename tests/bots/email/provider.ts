import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** Somebody who signs people in: a token endpoint, and the place where a mail server asks whether a token is good. Over real sockets. */
export interface Provider {
  tokenUrl: string;
  introspection: string;
  /** Forms that came to the token endpoint, oldest first. */
  asked: Record<string, string>[];
  /** Tokens that a mail server asked about. */
  shown: string[];
  /** How the next requests are answered, until it is changed. */
  behaviour: Behaviour;
  /** Whether a token is good for this user. */
  takes(user: string, token: string): boolean;
  /** Tokens given so far are no good any more. */
  withdraw(): void;
  close(): Promise<void>;
}

export interface Behaviour {
  /** Seconds. */
  expiresIn?: number;
  scope?: string;
  /** Every refresh gives another refresh token, and the one used is worth nothing any more. */
  rotates?: boolean;
  refreshTokenExpiresIn?: number;
  /** Another answer: a refusal, an outage, a page. */
  answer?: { status: number; body: string };
  /** Never answers. */
  silent?: boolean;
}

export const client = { id: 'client-of-destek', secret: 'secret-of-the-client' };
export const firstRefreshToken = 'refresh-0';
export const mailScope = 'mail.read';

export async function startProvider(user: string): Promise<Provider> {
  const good = new Map<string, string>();
  let refreshToken = firstRefreshToken;
  let made = 0;
  const server = createServer(async (request, response) => {
    const say = (status: number, body: object | string) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(typeof body === 'string' ? body : JSON.stringify(body));
    if (request.url === '/introspect') {
      const token = (request.headers.authorization ?? '').replace(/^Bearer /, '');
      provider.shown.push(token);
      const scope = good.get(token);
      return scope === undefined ? say(401, { error: 'invalid_token' }) : say(200, { active: true, username: user, scope });
    }
    const form = Object.fromEntries(new URLSearchParams(await text(request)));
    provider.asked.push(form);
    const { silent, answer, scope = mailScope, expiresIn = 3600, rotates, refreshTokenExpiresIn } = provider.behaviour;
    if (silent) return;
    if (answer) return say(answer.status, answer.body);
    if (form.client_id !== client.id || form.client_secret !== client.secret) return say(401, { error: 'invalid_client' });
    const refreshes = form.grant_type === 'refresh_token';
    if (refreshes && form.refresh_token !== refreshToken)
      return say(400, { error: 'invalid_grant', error_description: `AADSTS700082: the token ${form.refresh_token} has expired` });
    const token = `access-${++made}`;
    good.set(token, scope);
    if (refreshes && rotates) refreshToken = `refresh-${made}`;
    say(200, {
      token_type: 'Bearer',
      access_token: token,
      expires_in: expiresIn,
      ...(refreshes && rotates ? { refresh_token: refreshToken } : {}),
      ...(refreshTokenExpiresIn ? { refresh_token_expires_in: refreshTokenExpiresIn } : {}),
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider: Provider = {
    tokenUrl: `${root}/token`,
    introspection: `${root}/introspect`,
    asked: [],
    shown: [],
    behaviour: {},
    takes: (name, token) => name === user && good.has(token),
    withdraw: () => good.clear(),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return provider;
}
