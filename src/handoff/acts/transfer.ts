import { eq } from 'drizzle-orm';
import { Fault } from '../../errors.ts';
import type { Tx } from '../../store/connection.ts';
import { agent } from '../../store/schema.ts';
import { type Agent, openTickets } from '../agents/agent.ts';
import { eligible } from '../line/eligible.ts';
import { toAgent, toLine } from '../line/to-line.ts';
import type { Ticket } from '../ticket.ts';
import { lockToAct, type Moved, type OnTicket, recordAct } from './act.ts';
import { type NewNote, writeNote } from './note.ts';

/** To whom a ticket goes: into a department's line, or to one agent. */
export type TransferTo = { department: string } | { agentId: number };

/** Hands a ticket on, with a note for whoever gets it. It keeps its deadline, so nobody waits longer for having been sent on. */
export function transferTicket({ db, who, ticketId, to, note }: OnTicket & { to: TransferTo; note?: NewNote }): Promise<Moved> {
  return db.transaction(async (tx) => {
    const before = await lockToAct(tx, { who, ticketId });
    const noteId = note && (await writeNote(tx, before, note, who.id));
    const after = 'agentId' in to ? await handTo(tx, who, before, to.agentId) : await sendTo(tx, before, to.department);
    const goal = 'agentId' in to ? { state: 'assigned', to: to.agentId } : { state: 'waiting', to: to.department };
    await recordAct(tx, after, 'transferred', { ...goal, from: before.department, noteId }, who.id);
    return { before, after };
  });
}

function sendTo(tx: Tx, row: Ticket, department: string): Promise<Ticket> {
  if (row.department === department && row.state === 'waiting')
    throw new Fault('input.invalid', 'This ticket already waits in that department.', 'Choose another one.');
  return toLine(tx, row, { department });
}

async function handTo(tx: Tx, who: Agent, row: Ticket, agentId: number): Promise<Ticket> {
  const [other] = await tx.select().from(agent).where(eq(agent.id, agentId)).for('no key update');
  if (!other) throw new Fault('not-found', 'There is no such agent.');
  if (row.assigneeId === other.id) throw new Fault('input.invalid', `${other.name} already has this ticket.`, 'Choose somebody else.');
  const why = unfit(who, { ...other, open: await openTickets(tx, other.id) }, row);
  if (why)
    throw new Fault('agent.unfit', `${other.name} may not get this ticket (${why}).`, 'Choose somebody else, or send it to a department.');
  return toAgent(tx, row, other.id);
}

/** Why an agent cannot be handed a ticket by another; a supervisor may fill hands that are full, but nobody's who is not there: it would come straight back. */
export function unfit(by: Agent, to: Agent & { open: number }, row: Pick<Ticket, 'department' | 'level'>): string | undefined {
  if (to.presence === 'offline') return 'presence';
  return eligible(to, row, by.role === 'supervisor');
}
