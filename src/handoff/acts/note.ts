import { eq } from 'drizzle-orm';
import { recordEvent } from '../../conversation/event.ts';
import { Fault } from '../../errors.ts';
import { mask } from '../../privacy/sensitive.ts';
import type { Tx } from '../../store/connection.ts';
import { note } from '../../store/schema.ts';
import type { Ticket } from '../ticket.ts';
import { lockToRead, type OnTicket } from './act.ts';

/** What an agent writes for other agents. */
export interface NewNote {
  /** Made by the desk; the same id twice is one note. */
  id: string;
  text: string;
}

/** Longest note, UTF-16 units. */
export const longestNote = 4_000;

/** Leaves a note at a ticket that the agent may see, whoever has it and whatever became of it. Returns its id. */
export function addNote({ note: wish, ...on }: OnTicket & { note: NewNote }): Promise<number> {
  return on.db.transaction(async (tx) => writeNote(tx, await lockToRead(tx, on), wish, on.who.id));
}

/** Writes a note in the transaction of an act that it explains; masked, as everything that is stored. */
export async function writeNote(tx: Tx, row: Ticket, { id, text }: NewNote, agentId: number): Promise<number> {
  const masked = mask(text).text;
  const [made] = await tx
    .insert(note)
    .values({ conversationId: row.conversationId, ticketId: row.id, agentId, externalId: id, text: masked })
    .onConflictDoNothing()
    .returning({ id: note.id });
  if (made) {
    await recordEvent(tx, row.conversationId, { kind: 'note', data: { ticketId: row.id, noteId: made.id }, agentId });
    return made.id;
  }
  const [known] = await tx.select().from(note).where(eq(note.externalId, id));
  // The id of somebody else's note tells nobody anything.
  if (known?.ticketId !== row.id || known.agentId !== agentId) throw new Fault('input.invalid', 'This id belongs to another note.');
  return known.id;
}
