import { Fault } from '../errors.ts';
import type { Db } from '../store/connection.ts';
import { lockToAct, type Moved, recordAct } from './act.ts';
import type { Agent } from './agent.ts';
import type { DeadlinesOf } from './deadlines-of.ts';
import { type NewNote, writeNote } from './note.ts';
import { placeOf } from './place.ts';
import { toLine } from './to-line.ts';

const above = { operator: 'supervisor', supervisor: 'investigation', investigation: undefined } as const;

/** A person raises a ticket to the next rung (operator, supervisor, investigation): it waits there, at its old place in time, with a note why. */
export function escalateTicket(db: Db, who: Agent, ticketId: number, note: NewNote | undefined, deadlinesOf: DeadlinesOf): Promise<Moved> {
  return db.transaction(async (tx) => {
    const before = await lockToAct(tx, who, ticketId);
    const level = above[before.level];
    if (!level) throw new Fault('input.invalid', 'This ticket is already on the highest rung.');
    const noteId = note && (await writeNote(tx, before, note, who.id));
    const place = await placeOf(tx, before.conversationId);
    const rungDue = deadlinesOf.rung(level, { ...place, urgency: before.urgency, department: before.department }, new Date());
    // An investigation has its own time, and the matter is not late before it ends.
    const resolutionDue = level === 'investigation' && rungDue ? rungDue : before.resolutionDue;
    const after = await toLine(tx, before, { level, levelBy: null, rungDue: rungDue ?? null, resolutionDue });
    await recordAct(tx, after, 'escalated', { state: 'waiting', level, noteId }, who.id);
    return { before, after };
  });
}
