import { placeOf } from '../../conversation/place.ts';
import { Fault } from '../../errors.ts';
import type { DeadlinesOf } from '../deadlines/deadlines-of.ts';
import { toLine } from '../line/to-line.ts';
import { lockToAct, type Moved, type OnTicket, recordAct } from './act.ts';
import { type NewNote, writeNote } from './note.ts';

const above = { operator: 'supervisor', supervisor: 'investigation', investigation: undefined } as const;

/** A person raises a ticket to the next rung (operator, supervisor, investigation): it waits there, at its old place in time, with a note why. */
export function escalateTicket({ note, deadlinesOf, ...on }: OnTicket & { note?: NewNote; deadlinesOf: DeadlinesOf }): Promise<Moved> {
  return on.db.transaction(async (tx) => {
    const before = await lockToAct(tx, on);
    const level = above[before.level];
    if (!level) throw new Fault('input.invalid', 'This ticket is already on the highest rung.');
    const noteId = note && (await writeNote(tx, before, note, on.who.id));
    const place = await placeOf(tx, before.conversationId);
    const rungDue = deadlinesOf.rung(level, { ...place, urgency: before.urgency, department: before.department }, new Date());
    // An investigation has its own time, and the matter is not late before it ends.
    const resolutionDue = level === 'investigation' && rungDue ? rungDue : before.resolutionDue;
    const after = await toLine(tx, before, { level, levelBy: null, rungDue: rungDue ?? null, resolutionDue });
    await recordAct(tx, after, 'escalated', { state: 'waiting', level, noteId }, on.who.id);
    return { before, after };
  });
}
