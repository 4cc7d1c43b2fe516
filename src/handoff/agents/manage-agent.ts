import { and, asc, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { recordFact } from '../../conversation/event.ts';
import type { FactData } from '../../conversation/event-names.ts';
import { Fault } from '../../errors.ts';
import type { Db, Tx } from '../../store/connection.ts';
import { agent, invitation } from '../../store/schema.ts';
import { type Agent, addAgent, type NewAgent } from './agent.ts';
import { invite } from './invitation.ts';
import { signOutEverywhere } from './sign-in.ts';

/** What a supervisor may change of an agent. `capacity`: tickets at once. */
export type AgentChange = Pick<Agent, 'name' | 'role' | 'departments' | 'languages' | 'capacity'>;

/** How long a one-time link works. Hours. */
export const linkHours = 72;

/** Adds an agent; answers with the token of their one-time link. */
export function inviteAgent(db: Db, by: number, wish: NewAgent): Promise<string> {
  return db.transaction(async (tx) => {
    const made = await addAgent(tx, wish);
    await note(tx, by, made.id, 'invited', { role: made.role });
    return invite(tx, made.id, linkHours);
  });
}

/** Changes what an agent may do; only what differs. Throws `agent.last-supervisor` where nobody would be left to supervise. */
export function changeAgent(db: Db, by: number, id: number, change: AgentChange): Promise<Agent> {
  return db.transaction(async (tx) => {
    const able = await lockSupervisors(tx);
    const before = await lock(tx, id);
    if (change.role !== 'supervisor') keepSupervisor(able, id);
    const changed = (Object.keys(change) as (keyof AgentChange)[]).filter(
      (field) => JSON.stringify(before[field]) !== JSON.stringify(change[field]),
    );
    if (changed.length === 0) return before;
    const [after] = await tx.update(agent).set(change).where(eq(agent.id, id)).returning();
    const facts = Object.fromEntries(changed.filter((field) => field !== 'name').map((field) => [field, change[field]]));
    await note(tx, by, id, 'changed', { changed, ...facts });
    return after ?? before;
  });
}

/** Shuts an agent out: no sign-in, no link, offline. Their tickets are the caller's to return to the line, after the commit. */
export function disableAgent(db: Db, by: number, id: number): Promise<Agent> {
  return db.transaction(async (tx) => {
    const able = await lockSupervisors(tx);
    const before = await lock(tx, id);
    if (before.disabledAt) return before;
    keepSupervisor(able, id);
    const [after] = await tx.update(agent).set({ disabledAt: sql`now()`, presence: 'offline' }).where(eq(agent.id, id)).returning();
    await tx.delete(invitation).where(and(eq(invitation.agentId, id), isNull(invitation.usedAt)));
    await signOutEverywhere(tx, id, by);
    await note(tx, by, id, 'disabled');
    return after ?? before;
  });
}

/** Lets an agent in again, with the password they had. */
export function enableAgent(db: Db, by: number, id: number): Promise<Agent> {
  return db.transaction(async (tx) => {
    const before = await lock(tx, id);
    if (!before.disabledAt) return before;
    const [after] = await tx.update(agent).set({ disabledAt: null }).where(eq(agent.id, id)).returning();
    await note(tx, by, id, 'enabled');
    return after ?? before;
  });
}

/** A new one-time link, for a lost password or an expired invitation; earlier ones stop working. Answers with its token. `by`: undefined where the operator makes it. */
export function linkAgent(db: Db, by: number | undefined, id: number): Promise<string> {
  return db.transaction(async (tx) => {
    const { disabledAt } = await lock(tx, id);
    if (disabledAt) throw new Fault('input.invalid', 'This agent is disabled.', 'Enable them first.');
    await tx.delete(invitation).where(and(eq(invitation.agentId, id), isNull(invitation.usedAt)));
    await note(tx, by, id, 'link');
    return invite(tx, id, linkHours);
  });
}

/** Signs all of another agent's browsers out. */
export function signOutAgent(db: Db, by: number, id: number): Promise<void> {
  return db.transaction(async (tx) => {
    await lock(tx, id);
    await signOutEverywhere(tx, id, by);
  });
}

async function lock(tx: Tx, id: number): Promise<Agent> {
  const [row] = await tx.select().from(agent).where(eq(agent.id, id)).for('no key update');
  if (!row) throw new Fault('not-found', 'There is no such agent.');
  return row;
}

/** All who can supervise, locked first and in one order: of two supervisors who disable each other one is refused. */
function lockSupervisors(tx: Tx): Promise<{ id: number }[]> {
  return tx
    .select({ id: agent.id })
    .from(agent)
    .where(and(eq(agent.role, 'supervisor'), isNull(agent.disabledAt), isNotNull(agent.password)))
    .orderBy(asc(agent.id))
    .for('no key update');
}

function keepSupervisor(able: { id: number }[], id: number): void {
  if (able.length === 1 && able[0]?.id === id)
    throw new Fault('agent.last-supervisor', 'This is the last supervisor who can sign in.', 'Make somebody else a supervisor first.');
}

function note(tx: Tx, by: number | undefined, id: number, act: string, data: FactData = {}): Promise<void> {
  return recordFact(tx, { kind: 'agent', data: { act, agentId: id, ...data }, agentId: by });
}
