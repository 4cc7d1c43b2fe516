import { createHash, randomBytes } from 'node:crypto';
import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import { Fault } from '../errors.ts';
import type { Db } from '../store/connection.ts';
import { agent, signIn } from '../store/schema.ts';
import type { Agent } from './agent.ts';
import { checkPassword } from './password.ts';

/** How long a browser stays signed in without a new sign-in: a shift and its overtime. Hours. */
export const signedInHours = 14;

/** A signed-in browser: `token` goes into its cookie, `csrf` into a header of every change. */
export interface SignedIn {
  token: string;
  csrf: string;
  agent: Agent;
}

/** Signs in with e-mail and password. One message for every failure, so that nobody learns which e-mails exist. */
export async function signInWith(db: Db, email: string, password: string): Promise<SignedIn> {
  const [found] = await db
    .select()
    .from(agent)
    .where(and(eq(agent.email, email.trim().toLowerCase()), isNull(agent.disabledAt)));
  if (!(await checkPassword(password, found?.password ?? null)) || !found) throw new Fault('sign-in.wrong', 'E-mail or password is wrong.');
  return startSignIn(db, found);
}

/** Signs an agent in, for example by an invitation. */
export async function startSignIn(db: Db, who: Agent): Promise<SignedIn> {
  const [token, csrf] = [randomBytes(32).toString('base64url'), randomBytes(16).toString('base64url')];
  await db
    .insert(signIn)
    .values({ tokenHash: hashToken(token), agentId: who.id, csrf, expiresAt: sql`now() + ${signedInHours} * interval '1 hour'` });
  return { token, csrf, agent: who };
}

/** The agent of a cookie and the csrf token that its changes must carry; undefined where it is unknown, expired or the agent is disabled. */
export async function readSignIn(db: Db, token: string): Promise<{ agent: Agent; csrf: string } | undefined> {
  const [row] = await db
    .select({ agent, csrf: signIn.csrf })
    .from(signIn)
    .innerJoin(agent, eq(agent.id, signIn.agentId))
    .where(and(eq(signIn.tokenHash, hashToken(token)), gt(signIn.expiresAt, sql`now()`), isNull(agent.disabledAt)));
  return row;
}

/** Signs one browser out. */
export async function signOut(db: Db, token: string): Promise<void> {
  await db.delete(signIn).where(eq(signIn.tokenHash, hashToken(token)));
}

/** Signs all of an agent's browsers out. */
export async function signOutEverywhere(db: Db, agentId: number): Promise<void> {
  await db.delete(signIn).where(eq(signIn.agentId, agentId));
}

/** Tokens are random, so a plain hash suffices: the database alone lets nobody in. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
