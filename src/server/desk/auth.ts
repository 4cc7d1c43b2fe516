import type { FastifyReply, FastifyRequest } from 'fastify';
import { Fault } from '../../errors.ts';
import type { Agent } from '../../handoff/agents/agent.ts';
import { readSignIn, signedInHours } from '../../handoff/agents/sign-in.ts';
import type { Db } from '../../store/connection.ts';

const cookieName = 'destek_desk';

declare module 'fastify' {
  interface FastifyRequest {
    agent: Agent;
    csrf: string;
  }
}

/** Lets only signed-in agents through; a change must carry their csrf token in `x-csrf` (the cookie alone is SameSite, this is the second lock). */
export function requireAgent(db: Db, role?: 'supervisor') {
  return async (request: FastifyRequest): Promise<void> => {
    const found = await readSignIn(db, tokenOf(request.cookies));
    if (!found) throw new Fault('sign-in.needed', 'Please sign in.');
    if (request.method !== 'GET' && request.headers['x-csrf'] !== found.csrf)
      throw new Fault('forbidden', 'The header x-csrf is missing or wrong.', 'Take it from GET /api/desk/me.');
    if (role === 'supervisor' && found.agent.role !== 'supervisor') throw new Fault('forbidden', 'Only supervisors may do this.');
    request.agent = found.agent;
    request.csrf = found.csrf;
    remember(tokenOf(request.cookies));
  };
}

const lately = new Set<string>();
const mostTokens = 5_000;

/** Whose requests are counted together: a whole office of agents comes from one address, so who is known to be signed in counts alone; all others, and whoever tries to sign in, by address. */
export function rateKey({ ip, url, cookies }: Pick<FastifyRequest, 'ip' | 'url' | 'cookies'>): string {
  const token = tokenOf(cookies ?? {});
  return /^\/api\/desk\/(?!sign-in|invitation)/.test(url) && lately.has(token) ? `desk:${token}` : ip;
}

function remember(token: string): void {
  lately.add(token);
  const [oldest = ''] = lately;
  if (lately.size > mostTokens) lately.delete(oldest);
}

/** The token of a request's cookies, or an empty text. */
export function tokenOf(cookies: Record<string, string | undefined>): string {
  return cookies[cookieName] ?? '';
}

/** Keeps a browser signed in: HttpOnly, SameSite=Strict, only on the desk's paths; Secure where the desk is reached over HTTPS. */
export function setSignInCookie(reply: FastifyReply, token: string): void {
  reply.setCookie(cookieName, token, {
    httpOnly: true,
    sameSite: 'strict',
    secure: reply.request.protocol === 'https',
    path: '/',
    maxAge: signedInHours * 3600,
  });
}

/** Forgets the sign-in in the browser. */
export function clearSignInCookie(reply: FastifyReply): void {
  reply.clearCookie(cookieName, { path: '/' });
}
