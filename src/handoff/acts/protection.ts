import { and, eq } from 'drizzle-orm';
import { Fault } from '../../errors.ts';
import { contact } from '../../store/schema.ts';
import type { Ticket } from '../ticket.ts';
import { lockToRead, type OnTicket, recordAct } from './act.ts';
import { type NewNote, writeNote } from './note.ts';

/** Lets offers reach a protected contact again. Only a supervisor may, and says why in a note. */
export function liftProtection({ note, ...on }: OnTicket & { note: NewNote }): Promise<Ticket> {
  if (on.who.role !== 'supervisor') throw new Fault('forbidden', 'Only a supervisor may lift the protection of a contact.');
  return on.db.transaction(async (tx) => {
    const row = await lockToRead(tx, on);
    const [lifted] = await tx
      .update(contact)
      .set({ protected: false })
      .where(and(eq(contact.id, row.contactId), eq(contact.protected, true)))
      .returning({ id: contact.id });
    if (!lifted) return row;
    const noteId = await writeNote(tx, row, note, on.who.id);
    await recordAct(tx, row, 'lifted', { contactId: row.contactId, noteId }, on.who.id);
    return row;
  });
}
