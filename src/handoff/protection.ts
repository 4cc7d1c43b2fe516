import { and, eq } from 'drizzle-orm';
import { Fault } from '../errors.ts';
import type { Db } from '../store/connection.ts';
import { contact } from '../store/schema.ts';
import { lockToRead, recordAct } from './act.ts';
import type { Agent } from './agent.ts';
import { type NewNote, writeNote } from './note.ts';
import type { Ticket } from './ticket.ts';

/** Lets offers reach a protected contact again. Only a supervisor may, and says why in a note. */
export function liftProtection(db: Db, who: Agent, ticketId: number, note: NewNote): Promise<Ticket> {
  if (who.role !== 'supervisor') throw new Fault('forbidden', 'Only a supervisor may lift the protection of a contact.');
  return db.transaction(async (tx) => {
    const row = await lockToRead(tx, who, ticketId);
    const [lifted] = await tx
      .update(contact)
      .set({ protected: false })
      .where(and(eq(contact.id, row.contactId), eq(contact.protected, true)))
      .returning({ id: contact.id });
    if (!lifted) return row;
    const noteId = await writeNote(tx, row, note, who.id);
    await recordAct(tx, row, 'lifted', { contactId: row.contactId, noteId }, who.id);
    return row;
  });
}
