import { randomBytes } from 'node:crypto';
import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import { Fault } from '../../errors.ts';
import type { Db, Tx } from '../../store/connection.ts';
import { agent, invitation } from '../../store/schema.ts';
import { type Agent, addAgent, needsSupervisor } from './agent.ts';
import { hashPassword } from './password.ts';
import { endSignIns, hashToken } from './sign-in.ts';

/** Shortest password that we take (NIST SP 800-63B asks for 8; a desk full of personal data for more). */
export const shortestPassword = 10;

/** A one-time token that lets an agent set a password; without an agent: the first supervisor, who also gives name and e-mail. */
export async function invite(db: Tx, agentId: number | undefined, hours: number): Promise<string> {
  const token = randomBytes(24).toString('base64url');
  // One first-run link at a time: the newest start's.
  if (agentId === undefined) await db.delete(invitation).where(isNull(invitation.agentId));
  await db.insert(invitation).values({ tokenHash: hashToken(token), agentId, expiresAt: sql`now() + ${hours} * interval '1 hour'` });
  return token;
}

/** Whom an invitation is for; throws where it was used or has expired. `first`: name and e-mail must be given. */
export async function readInvitation(db: Db, token: string): Promise<{ first: boolean; email?: string; name?: string }> {
  const [row] = await db
    .select({ agentId: invitation.agentId, email: agent.email, name: agent.name })
    .from(invitation)
    .leftJoin(agent, eq(agent.id, invitation.agentId))
    .where(usable(token));
  if (!row) throw expired();
  return { first: row.agentId === null, email: row.email ?? undefined, name: row.name ?? undefined };
}

/** Uses an invitation: sets the password, signs out whoever is signed in with the old one, and makes the first supervisor where it is for them. */
export async function acceptInvitation(
  db: Db,
  token: string,
  given: { password: string; name?: string; email?: string; departments: string[] },
): Promise<Agent> {
  if (given.password.length < shortestPassword)
    throw new Fault('input.invalid', `The password must have at least ${shortestPassword} characters.`);
  const password = await hashPassword(given.password);
  return db.transaction(async (tx) => {
    const [used] = await tx.update(invitation).set({ usedAt: sql`now()` }).where(usable(token)).returning();
    if (!used) throw expired();
    if (used.agentId === null && !(await needsSupervisor(tx as unknown as Db))) throw expired();
    if (used.agentId === null && (!given.name?.trim() || !given.email?.trim()))
      throw new Fault('input.invalid', 'Name and e-mail are needed.');
    const id =
      used.agentId ??
      (
        await addAgent(tx, {
          name: given.name ?? '',
          email: given.email ?? '',
          role: 'supervisor',
          departments: given.departments,
          languages: [],
        })
      ).id;
    const [row] = await tx.update(agent).set({ password }).where(eq(agent.id, id)).returning();
    if (!row) throw expired();
    // Whoever has a new password may have lost the old one to somebody.
    await endSignIns(tx, id);
    return row;
  });
}

function usable(token: string) {
  return and(eq(invitation.tokenHash, hashToken(token)), isNull(invitation.usedAt), gt(invitation.expiresAt, sql`now()`));
}

function expired(): Fault {
  return new Fault(
    'link.expired',
    'This link was used or has expired.',
    'Ask a supervisor for a new one; for the first sign-in, start Destek again.',
  );
}
