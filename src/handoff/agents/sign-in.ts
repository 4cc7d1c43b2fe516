import { createHash, randomBytes } from 'node:crypto';
import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import { recordFact } from '../../conversation/event.ts';
import { Fault } from '../../errors.ts';
import type { Db, Tx } from '../../store/connection.ts';
import { agent, signIn } from '../../store/schema.ts';
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
  if (!(await checkPassword(password, found?.password ?? null)) || !found) {
    // Whose door it was at is told only where there is such a door; what was typed is nobody's to keep.
    await recordFact(db, { kind: 'sign-in-failed', data: found ? { agentId: found.id } : {} });
    throw new Fault('sign-in.wrong', 'E-mail or password is wrong.');
  }
  return startSignIn(db, found, 'password');
}

/** Signs an agent in; `by`: how they proved who they are. */
export async function startSignIn(db: Db, who: Agent, by: 'password' | 'link'): Promise<SignedIn> {
  const [token, csrf] = [randomBytes(32).toString('base64url'), randomBytes(16).toString('base64url')];
  await db.transaction(async (tx) => {
    await tx
      .insert(signIn)
      .values({ tokenHash: hashToken(token), agentId: who.id, csrf, expiresAt: sql`now() + ${signedInHours} * interval '1 hour'` });
    await recordFact(tx, { kind: 'sign-in', data: { by }, agentId: who.id });
  });
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
  const [gone] = await db
    .delete(signIn)
    .where(eq(signIn.tokenHash, hashToken(token)))
    .returning({ agentId: signIn.agentId });
  if (gone) await recordFact(db, { kind: 'sign-out', agentId: gone.agentId });
}

/** Signs all of an agent's browsers out; `by`: who asked for it. */
export async function signOutEverywhere(db: Tx, agentId: number, by: number): Promise<void> {
  await db.delete(signIn).where(eq(signIn.agentId, agentId));
  await recordFact(db, { kind: 'sign-out', data: { everywhere: true, agentId }, agentId: by });
}

/** Ends every sign-in of an agent whose password has changed. */
export async function endSignIns(tx: Tx, agentId: number): Promise<void> {
  const ended = await tx.delete(signIn).where(eq(signIn.agentId, agentId)).returning({ agentId: signIn.agentId });
  if (ended.length > 0) await recordFact(tx, { kind: 'sign-out', data: { everywhere: true, agentId }, agentId });
}

/** Tokens are random, so a plain hash suffices: the database alone lets nobody in. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
